package ipn.operations.reconcile.report;

import java.util.Locale;

/** What a column of a report can contain. */
public enum ReportColumn {
    // spotless:off
    LINE            (Use.JOINED),   // distinguishes the line from every other line of any report
    TYPE            (Use.FIRST),
    DATE            (Use.JOINED),
    AMOUNT          (Use.FIRST),    // in one column, or in the next two
    CREDIT          (Use.FIRST),
    DEBIT           (Use.FIRST),
    DIRECTION       (Use.FIRST),    // whether the merchant receives or pays an unsigned amount
    CURRENCY        (Use.FIRST),
    FEE             (Use.SUMMED),
    FEE_DIRECTION   (Use.FIRST),
    FEE_CURRENCY    (Use.FIRST),
    NET             (Use.FIRST),
    NET_CREDIT      (Use.FIRST),
    NET_DEBIT       (Use.FIRST),
    CAPTURE_PAYMENT (Use.FIRST),    // on lines of captures: the id of the payment key
    CAPTURE_ID      (Use.FIRST),    // the id of the capture; default: that of the payment
    REFUND_PAYMENT  (Use.FIRST),
    REFUND_ID       (Use.FIRST),
    DISPUTE_PAYMENT (Use.FIRST),
    DISPUTE_ID      (Use.FIRST),
    ORDER           (Use.FIRST),
    SUBJECT         (Use.FIRST),
    PRODUCT         (Use.FIRST),
    REFERENCE       (Use.FIRST);
    // spotless:on

    /** How several columns with the same meaning are combined. */
    enum Use {
        /** The first that is not blank. */
        FIRST,
        /** All of them, in this order, joined with a blank. */
        JOINED,
        /** The sum of their amounts. */
        SUMMED
    }

    private final Use use;

    ReportColumn(Use use) {
        this.use = use;
    }

    Use use() {
        return use;
    }

    /** The name as in the settings. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
