package ipn.query.model;

import java.util.List;
import java.util.Locale;

/** The tables that records are written to, and their primary keys. */
public enum Table {
    // spotless:off
    PAYMENTS             ("payment_key"),
    OUTCOMES             ("source_topic", "source_partition", "source_offset"),
    ORDERS               ("order_id"),
    ENTITLEMENT_CHANGES  ("event_id"),
    ENTITLEMENTS         ("entitlement_key"),
    ENTITLEMENT_CLAIMS   ("entitlement_key"),
    ORDER_ALLOCATIONS    ("order_id"),
    DISCREPANCY_CHANGES  ("discrepancy_id", "record_partition", "record_offset"),
    DECISIONS            ("decision_id"),
    LEDGER_ENTRIES       ("entry_id"),
    LEDGER_LINES         ("entry_id", "line"),
    NOTIFICATIONS        ("notification_id"),
    DEAD_LETTERS         ("dead_letter_id"),
    DEAD_LETTER_STATUSES ("dead_letter_id");
    // spotless:on

    private final List<String> key;

    Table(String... key) {
        this.key = List.of(key);
    }

    /** The columns of its primary key. */
    public List<String> key() {
        return key;
    }

    /** Its name in the database. */
    public String sqlName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
