package ipn.query.model;

import ipn.avro.FactKind;
import ipn.avro.LinkKind;
import ipn.avro.PaymentState;
import ipn.operations.find.Criteria;
import ipn.operations.find.SearchLookups;
import ipn.operations.find.SearchName;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a payment is found by: kinds with values in lower case, such as {@code charge:pi_1}. Of keys with gateway and account the id alone, because
 * {@code ipn find} compares with its beginning.
 */
final class PaymentIds {
    /** Facts whose identity is an id of money at the gateway. */
    private static final Set<FactKind> OF_MONEY =
            Set.of(FactKind.AUTHORIZED, FactKind.CAPTURED, FactKind.REFUND, FactKind.DISPUTE, FactKind.ATTEMPT);

    /** In the place of a name that is too long, or of those that are too many: a search looks at the record. */
    private static final String MORE = "more:";

    /** A third of what PostgreSQL takes. */
    private static final int LENGTH_MAX = 300_000;

    private static final int ID_LENGTH_MAX = 500;

    private final PaymentState state;
    private final Set<String> ids = new TreeSet<>();
    private final Set<String> values = new HashSet<>();
    private int length;

    private PaymentIds(PaymentState state) {
        this.state = state;
    }

    static Set<String> of(PaymentState state) {
        var all = new PaymentIds(state);
        all.addIds();
        all.addNames();
        all.addWords();
        return all.ids;
    }

    private void addIds() {
        add("charge", SearchName.withoutAccount(state.getPaymentKey()));
        state.getFacts().stream()
                .filter(fact -> OF_MONEY.contains(fact.getKind()))
                .forEach(fact -> add("charge", fact.getId()));
        state.getInvoices().forEach(invoice -> add("invoice", invoice.getId()));
        state.getEvents().forEach(event -> add("event", SearchName.withoutAccount(event.getEventKey())));
        add("order", state.getReferences().get("order"));
        add("reference", state.getReferences().get("reference"));
        state.getLinks().stream()
                .filter(link -> link.getKind() == LinkKind.PAYS)
                .forEach(link -> addAsIs("pays", link.getTarget())); // the whole key
    }

    /** What else {@code ipn find} searches. */
    private void addNames() {
        SearchName.of(state)
                .filter(name -> name.form() == SearchName.Form.NAME || !values.contains(name.compared()))
                .forEach(name -> add(name.form() == SearchName.Form.NAME ? "whole" : "name", name.compared()));
        Criteria.amounts(state)
                .filter(money -> money.amount() > 0)
                .forEach(money -> add("money", SearchLookups.text(money)));
    }

    private void addWords() {
        var words = new PaymentWords(state);
        words.emailHashes().forEach(hash -> add("email", hash));
        words.words().forEach(word -> add("word", word));
    }

    private void add(String kind, @Nullable String id) {
        if (id != null) {
            var lower = id.toLowerCase(Locale.ROOT);
            addAsIs(kind, lower);
            values.add(lower);
        }
    }

    private void addAsIs(String kind, String id) {
        if (id.length() > ID_LENGTH_MAX || length > LENGTH_MAX) {
            ids.add(MORE);
        } else if (!id.isEmpty() && ids.add(kind + ":" + AvroJson.clean(id))) {
            length += id.length();
        }
    }
}
