package ipn.operations.reconcile.report;

import java.util.Locale;

/** What a report's columns may hold for us. */
public enum ReportColumn {
    // spotless:off
    LINE            (Use.JOINED),   // what tells a line from every other, in whatever report it stands
    TYPE            (Use.FIRST),
    DATE            (Use.JOINED),
    AMOUNT          (Use.FIRST),    // in one column, or in two:
    CREDIT          (Use.FIRST),
    DEBIT           (Use.FIRST),
    DIRECTION       (Use.FIRST),    // whether an amount without a sign comes or leaves
    CURRENCY        (Use.FIRST),
    FEE             (Use.SUMMED),
    FEE_DIRECTION   (Use.FIRST),
    FEE_CURRENCY    (Use.FIRST),
    NET             (Use.FIRST),
    NET_CREDIT      (Use.FIRST),
    NET_DEBIT       (Use.FIRST),
    CAPTURE_PAYMENT (Use.FIRST),    // the id on which the facts of a payment meet, on lines of captures
    CAPTURE_ID      (Use.FIRST),    // the capture's own; by default the payment's
    REFUND_PAYMENT  (Use.FIRST),
    REFUND_ID       (Use.FIRST),
    DISPUTE_PAYMENT (Use.FIRST),
    DISPUTE_ID      (Use.FIRST),
    ORDER           (Use.FIRST),
    SUBJECT         (Use.FIRST),
    PRODUCT         (Use.FIRST),
    REFERENCE       (Use.FIRST);
    // spotless:on

    /** What several columns named for one thing mean. */
    enum Use {
        /** The first that is not blank counts. */
        FIRST,
        /** All of them, in this order, with a blank between. */
        JOINED,
        /** Amounts, added up. */
        SUMMED
    }

    private final Use use;

    ReportColumn(Use use) {
        this.use = use;
    }

    Use use() {
        return use;
    }

    /** As it stands in the settings. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
