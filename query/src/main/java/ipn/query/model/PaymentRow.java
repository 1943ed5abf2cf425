package ipn.query.model;

import com.fasterxml.jackson.databind.node.ObjectNode;
import ipn.avro.FactKind;
import ipn.avro.FactRow;
import ipn.avro.LinkKind;
import ipn.avro.PaymentState;
import ipn.avro.Totals;
import java.time.Instant;
import java.util.Comparator;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The row of a payment: its state, and what it is found by. */
final class PaymentRow {
    /** Facts whose identity is an id of money at the gateway. */
    private static final Set<FactKind> OF_MONEY =
            Set.of(FactKind.AUTHORIZED, FactKind.CAPTURED, FactKind.REFUND, FactKind.DISPUTE, FactKind.ATTEMPT);

    private static final int ID_LENGTH_MAX = 500;

    private PaymentRow() {}

    static ObjectNode of(PaymentState state, Place place) {
        var row = AvroJson.of(state);
        var references = state.getReferences();
        put(row, "subject", references.get("subject"));
        put(row, "order_id", references.get("order"));
        state.getTotals().stream()
                .max(Comparator.comparing(PaymentRow::amount).thenComparing(Totals::getCurrency))
                .ifPresent(most -> {
                    row.setAll(AvroJson.of(most));
                    row.put("amount", amount(most));
                });
        row.set("started_at", AvroJson.node(startedAt(state, place)));
        var ids = row.putArray("ids");
        ids(state).forEach(ids::add);
        return row;
    }

    private static void put(ObjectNode row, String column, @Nullable String value) {
        if (value != null) {
            row.put(column, AvroJson.clean(value));
        }
    }

    private static long amount(Totals totals) {
        return totals.getCaptured() > 0 ? totals.getCaptured() : totals.getAuthorized();
    }

    private static Instant startedAt(PaymentState state, Place place) {
        return state.getFacts().stream()
                .map(FactRow::getFirstAt)
                .min(Comparator.naturalOrder())
                .orElse(place.at());
    }

    /** Such as {@code charge:pi_1}. Of keys with gateway and account, the id alone; of what it pays the whole key. */
    private static Set<String> ids(PaymentState state) {
        var ids = new TreeSet<String>();
        add(ids, "charge", withoutAccount(state.getPaymentKey()));
        state.getFacts().stream()
                .filter(fact -> OF_MONEY.contains(fact.getKind()))
                .forEach(fact -> add(ids, "charge", fact.getId()));
        state.getInvoices().forEach(invoice -> add(ids, "invoice", invoice.getId()));
        state.getEvents().forEach(event -> add(ids, "event", withoutAccount(event.getEventKey())));
        add(ids, "order", state.getReferences().get("order"));
        add(ids, "reference", state.getReferences().get("reference"));
        state.getLinks().stream()
                .filter(link -> link.getKind() == LinkKind.PAYS)
                .forEach(link -> add(ids, "pays", link.getTarget()));
        var words = new PaymentWords(state);
        words.emailHashes().forEach(hash -> add(ids, "email", hash));
        words.words().forEach(word -> add(ids, "word", word));
        return ids;
    }

    private static void add(Set<String> ids, String kind, @Nullable String id) {
        if (id != null && !id.isEmpty() && id.length() <= ID_LENGTH_MAX) {
            ids.add(kind + ":" + AvroJson.clean(id));
        }
    }

    private static String withoutAccount(String key) {
        var parts = key.split("/", 3);
        return parts[parts.length - 1];
    }
}
