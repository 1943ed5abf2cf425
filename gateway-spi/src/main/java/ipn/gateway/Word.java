package ipn.gateway;

import java.util.Locale;

/** A statement of a notification that at some gateways the payer can write, such as in the URL or the form of a payment button. */
public enum Word {
    ORDER,
    SUBJECT,
    PRODUCT,
    REFERENCE,
    /** The name of what was bought, such as an item number. */
    SKU,
    /** The times of a subscription: that it begins with a trial, how long that lasts, and how long a payment pays for. */
    TRIAL;

    /** The name in settings and topics. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
