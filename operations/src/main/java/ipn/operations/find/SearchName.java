package ipn.operations.find;

import ipn.avro.Decision;
import ipn.avro.FactKind;
import ipn.avro.FactRow;
import ipn.avro.Order;
import ipn.avro.PaymentState;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An id or a name by which something is found. An index of them finds what {@link Criteria} match.
 *
 * @param what what it is the id of, such as {@code refund}
 */
public record SearchName(String what, String text, Form form) {
    /** How a text finds it. */
    public enum Form {
        /** By its beginning, with gateway and account or without them. */
        KEY,
        /** By its beginning. */
        ID,
        /** As a whole. */
        NAME
    }

    /** Facts whose id is a word of ours, and none of the gateway. */
    private static final Set<FactKind> WITHOUT_ID =
            EnumSet.of(FactKind.UNKNOWN, FactKind.ATTEMPT, FactKind.LINK, FactKind.REFERENCE, FactKind.SKU);

    /** Those of a payment. */
    public static Stream<SearchName> of(PaymentState state) {
        return Stream.of(
                        key("payment key", state.getPaymentKey()),
                        state.getFacts().stream()
                                .filter(fact -> !WITHOUT_ID.contains(fact.getKind()))
                                .flatMap(fact -> id(words(fact.getKind()), fact.getId())),
                        state.getInvoices().stream().flatMap(invoice -> id("invoice", invoice.getId())),
                        state.getLinks().stream().flatMap(link -> key(words(link.getKind()), link.getTarget())),
                        id("order", state.getReferences().get("order")),
                        state.getReferences().entrySet().stream()
                                .flatMap(entry -> name(
                                        entry.getKey().equals("subject") ? "user" : entry.getKey(), entry.getValue())),
                        state.getFacts().stream().map(FactRow::getEventKey).flatMap(key -> key("event", key)),
                        state.getEvents().stream().flatMap(event -> key("event", event.getEventKey())))
                .flatMap(each -> each);
    }

    static Stream<SearchName> of(Order order) {
        return Stream.of(
                        id("order", order.getOrderId()),
                        name("user", order.getSubject()),
                        name("reference", order.getReference()))
                .flatMap(each -> each);
    }

    static Stream<SearchName> of(Decision decision) {
        return Stream.of(
                        id("decision", decision.getDecisionId()),
                        name("user", decision.getAbout()),
                        key("about", decision.getAbout()),
                        name("user", decision.getToSubject()),
                        name("user", decision.getSubject()))
                .flatMap(each -> each);
    }

    /** In lower case what a beginning is compared with: of a key the id without gateway and account. */
    public String compared() {
        return form == Form.KEY ? withoutAccount(lower(text)) : lower(text);
    }

    /** Whether what a person types finds it. */
    public boolean isFoundBy(SearchText wanted) {
        var id = lower(wanted.id());
        if (form == Form.NAME) {
            return text.equalsIgnoreCase(wanted.id());
        }
        return wanted.anywhere()
                ? lower(text).contains(id)
                : compared().startsWith(id)
                        || (!withoutAccount(id).equals(id) && lower(text).startsWith(id));
    }

    /** Of a key with gateway and account what comes after these; else the same. */
    public static String withoutAccount(String key) {
        var parts = key.split("/", 3);
        return parts.length == 3 ? parts[2] : key;
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return what + " " + text;
    }

    private static Stream<SearchName> key(String what, @Nullable String key) {
        return of(what, key, Form.KEY);
    }

    private static Stream<SearchName> id(String what, @Nullable String id) {
        return of(what, id, Form.ID);
    }

    private static Stream<SearchName> name(String what, @Nullable String name) {
        return of(what, name, Form.NAME);
    }

    private static Stream<SearchName> of(String what, @Nullable String text, Form form) {
        return text == null ? Stream.empty() : Stream.of(new SearchName(what, text, form));
    }

    private static String words(Enum<?> kind) {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
