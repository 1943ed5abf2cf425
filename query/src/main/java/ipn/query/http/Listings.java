package ipn.query.http;

import static ipn.query.http.Kind.AMOUNT;
import static ipn.query.http.Kind.CODE;
import static ipn.query.http.Kind.CURRENCY;
import static ipn.query.http.Kind.FLAG;
import static ipn.query.http.Kind.NAME;
import static ipn.query.http.Kind.TEXT;
import static ipn.query.http.Kind.TIME;

import java.util.List;

/** Every question for a list, and what narrows it. */
final class Listings {
    /** Payments that name the user, or an order of the user. */
    private static final String OF_USER =
            "payment_key IN (SELECT payment_key FROM payments WHERE subject = %s UNION ALL "
                    + "SELECT payment_key FROM payments JOIN orders USING (order_id) WHERE orders.subject = %s)";

    /** Any id that the payment knows, or its own id at the gateway. */
    private static final String ANY_ID =
            "(ids && ARRAY['charge:' || %s, 'event:' || %s, 'invoice:' || %s, 'order:' || %s, 'reference:' || %s] OR payment_key = %s)";

    // spotless:off
    static final List<Listing> ALL = List.of(
        new Listing("/v1/payments", "payments", "payments", "started_at", "payment_key", List.of(
            id("charge"), id("event"), id("order"), id("invoice"))),
        new Listing("/v1/search", "payments", "payments", "started_at", "payment_key", List.of(
            new Filter("user",     TEXT,     OF_USER),
            new Filter("amount",   AMOUNT,   "amount = %s"),
            new Filter("currency", CURRENCY, "currency = %s"),
            new Filter("from",     TIME,     "started_at >= %s"),
            new Filter("to",       TIME,     "started_at < %s"),
            new Filter("gateway",  NAME,     "gateway = %s"),
            new Filter("account",  NAME,     "account = %s"),
            new Filter("status",   CODE,     "status = %s"),
            new Filter("live",     FLAG,     "live = %s"),
            new Filter("text",     TEXT,     ANY_ID))),
        new Listing("/v1/discrepancies", "discrepancies", "discrepancies", "at", "discrepancy_id", List.of(
            new Filter("state",    CODE,     "state = %s"),
            new Filter("kind",     CODE,     "kind = %s"),
            new Filter("payment",  TEXT,     "payment_key = %s"),
            new Filter("order",    TEXT,     "order_id = %s"),
            new Filter("user",     TEXT,     "subject = %s"),
            new Filter("from",     TIME,     "at >= %s"),
            new Filter("to",       TIME,     "at < %s"))),
        new Listing("/v1/dead-letters", "dead_letters", "dead_letter_list", "last_failed_at", "dead_letter_id", List.of(
            new Filter("status",      CODE,  "status = %s"),
            new Filter("reason",      CODE,  "reason = %s"),
            new Filter("fingerprint", TEXT,  "fingerprint = %s"),
            new Filter("payment",     TEXT,  "record_key = %s"),
            new Filter("from",        TIME,  "last_failed_at >= %s"),
            new Filter("to",          TIME,  "last_failed_at < %s"))),
        new Listing("/v1/ledger", "entries", "ledger_entries", "at", "entry_id", List.of(
            new Filter("payment",  TEXT,     "payment_key = %s"),
            new Filter("order",    TEXT,     "order_id = %s"),
            new Filter("test",     FLAG,     "test = %s"),
            new Filter("from",     TIME,     "at >= %s"),
            new Filter("to",       TIME,     "at < %s"))),
        new Listing("/v1/notifications", "notifications", "notifications", "at", "notification_id", List.of(
            new Filter("user",     TEXT,     "subject = %s"),
            new Filter("kind",     CODE,     "kind = %s"),
            new Filter("from",     TIME,     "at >= %s"),
            new Filter("to",       TIME,     "at < %s"))));
    // spotless:on

    private Listings() {}

    /** The id alone, or for an event its whole key with gateway and account. */
    private static Filter id(String kind) {
        return new Filter(
                kind,
                TEXT,
                "ids && ARRAY['%1$s:' || %%s, '%1$s:' || regexp_replace(%%s, '^[^/]*/[^/]*/', '')]".formatted(kind));
    }
}
