package ipn.query.http;

import static ipn.query.http.RecordTables.RecordTable.of;

import java.util.List;
import java.util.Optional;

/** In which table the records of each topic stand, and by which terms they are found. */
final class RecordTables {
    // spotless:off
    private static final List<RecordTable> ALL = List.of(
        of("outcomes",           "outcomes",               key("t.payment_key = wanted.v")),
        of("payments",           "payments",               key("t.payment_key = wanted.v"), subject(),
                                                           new Term("order", "t.order_id = wanted.v"),
                                                           new Term("pays",  "array_to_tsvector(t.ids) @@ lexeme('pays:' || wanted.v)")),
        of("orders",             "orders",                 key("t.order_id = wanted.v"), subject()),
        of("entitlements",       "entitlement_changes",    key("t.subject = wanted.v")),
        of("entitlement-state",  "entitlements",           subject()),
        of("entitlement-claims", "entitlement_claims",     subject()),
        of("order-allocations",  "order_allocations",      key("t.order_id = wanted.v")),
        of("discrepancies",      "discrepancy_changes",    subject(),
                                                           new Term("payment", "t.payment_key = wanted.v"),
                                                           new Term("order",   "t.order_id = wanted.v")),
        of("decisions",          "decisions",              new Term("about", "t.about = wanted.v"),
                                                           new Term("to",    "t.to_subject = wanted.v"),
                                                           new Term("to",    "t.of IN (SELECT decision_id FROM decisions WHERE to_subject = wanted.v)")),
        of("ledger",             "ledger_entries",         key("t.payment_key = wanted.v"), key("t.order_id = wanted.v")),
        of("notifications",      "notifications",          key("t.subject = wanted.v")),
        of("dlq",                "dead_letters",           key("t.record_key = wanted.v"),
                                                           new Term("id", "t.dead_letter_id = wanted.v")),
        of("dlq-status",         "dead_letter_statuses",   key("t.dead_letter_id = wanted.v")));
    // spotless:on

    /** Terms that are not columns: of the words of dead letters. */
    static final String MENTIONS = "mentions";

    private RecordTables() {}

    /**
     * The table of a topic.
     *
     * @param name of lookups
     */
    record RecordTable(String name, String table, List<Term> terms) {
        static RecordTable of(String name, String table, Term... terms) {
            return new RecordTable(name, table, List.of(terms));
        }
    }

    /**
     * What a record is found by. A term may have several conditions.
     *
     * @param condition of row {@code t} for the value {@code wanted.v}
     */
    record Term(String name, String condition) {}

    private static Term key(String condition) {
        return new Term("key", condition);
    }

    private static Term subject() {
        return new Term("subject", "t.subject = wanted.v");
    }

    static Optional<RecordTable> named(String name) {
        return ALL.stream().filter(each -> each.name().equals(name)).findFirst();
    }

    /** The list of which a lookup wants the newest that meet all of its terms. */
    static Optional<Listing> listing(String name) {
        return switch (name) {
            case "dlq-list" -> Listings.named("/v1/dead-letters");
            case "discrepancy-list" -> Listings.named("/v1/discrepancies");
            default -> Optional.empty();
        };
    }
}
