package ipn.query.http;

import static ipn.query.http.WholeQuestion.Part.many;
import static ipn.query.http.WholeQuestion.Part.one;

import ipn.query.http.WholeQuestion.Whole;
import java.util.List;

/** Every question about one thing, and what is shown of it. */
final class Wholes {
    // spotless:off
    static final List<Whole> ALL = List.of(
        new Whole("/v1/payments/", "key", List.of(
            one ("payment",             "SELECT * FROM payments WHERE payment_key = ?"),
            one ("order",               "SELECT orders.* FROM orders JOIN payments USING (order_id) WHERE payment_key = ?"),
            many("outcomes",            "SELECT * FROM outcomes WHERE payment_key = ? ORDER BY recorded_at DESC, source_offset DESC"),
            many("discrepancies",       "SELECT * FROM discrepancies WHERE payment_key = ? ORDER BY at DESC"),
            many("entitlements",        "SELECT * FROM entitlements WHERE payment_key = ? ORDER BY entitlement_key"),
            many("entitlement_changes", "SELECT * FROM entitlement_changes WHERE payment_key = ? ORDER BY decided_at DESC, revision DESC"),
            many("ledger",              "SELECT * FROM ledger_entries WHERE payment_key = ? ORDER BY at DESC, entry_id DESC"),
            many("decisions",           "SELECT * FROM decisions WHERE about = ? ORDER BY at DESC"),
            many("dead_letters",        "SELECT * FROM dead_letter_list WHERE record_key = ? ORDER BY last_failed_at DESC"))),
        new Whole("/v1/orders/", "id", List.of(
            one ("order",               "SELECT * FROM orders WHERE order_id = ?"),
            many("payments",            "SELECT * FROM payments WHERE order_id = ? ORDER BY started_at DESC, payment_key DESC"),
            many("discrepancies",       "SELECT * FROM discrepancies WHERE order_id = ? ORDER BY at DESC"),
            many("ledger",              "SELECT * FROM ledger_entries WHERE order_id = ? ORDER BY at DESC, entry_id DESC"),
            many("decisions",           "SELECT * FROM decisions WHERE about = ? ORDER BY at DESC"))),
        new Whole("/v1/users/", "id", List.of(
            many("entitlements",        "SELECT * FROM entitlements WHERE subject = ? ORDER BY entitlement_key"),
            many("entitlement_changes", "SELECT * FROM entitlement_changes WHERE subject = ? ORDER BY decided_at DESC, revision DESC"),
            many("orders",              "SELECT * FROM orders WHERE subject = ? ORDER BY created_at DESC"),
            many("payments",            "SELECT * FROM payments WHERE payment_key IN (SELECT payment_key FROM payments WHERE subject = ? UNION ALL "
                                        + "SELECT payment_key FROM payments JOIN orders USING (order_id) WHERE orders.subject = ?) ORDER BY started_at DESC, payment_key DESC"),
            many("discrepancies",       "SELECT * FROM discrepancies WHERE subject = ? ORDER BY at DESC"),
            many("notifications",       "SELECT * FROM notifications WHERE subject = ? ORDER BY at DESC, notification_id DESC"),
            many("decisions",           "SELECT * FROM decisions WHERE about = ? ORDER BY at DESC"))));
    // spotless:on

    private Wholes() {}
}
