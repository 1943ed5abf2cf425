package ipn.seal;

import java.util.Locale;

/** Who writes raw records. */
public enum SealRole {
    /** Writes what gateways sent. */
    INGRESS,
    /** Commands of operators: they write lines of settlement reports. */
    TOOLS;

    /** Key in section {@code seal} of the settings. */
    String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
