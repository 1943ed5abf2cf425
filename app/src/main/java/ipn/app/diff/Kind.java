package ipn.app.diff;

import java.util.Locale;

/** What is compared. */
public enum Kind {
    /** State of a payment key. */
    PAYMENT,
    /** Access of a user to an entitlement. */
    ENTITLEMENT,
    /** Sum of an account, currency, product and day of a payment key or an order. */
    LEDGER,
    /** What is open, or was closed by a person. */
    DISCREPANCY,
    /** What a user is notified of. */
    NOTIFICATION,
    /** What cannot be processed. */
    DEAD_LETTER;

    /** For people. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
