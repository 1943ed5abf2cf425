package ipn.runtime.metrics;

import java.util.ArrayList;
import java.util.Locale;

/**
 * How many series a metric has at most in one process. What is not in the settings counts as one more gateway, and one more account, {@code unknown}.
 *
 * @param fixed whatever the settings are
 * @param ofGateway for each gateway in the settings
 * @param ofAccount for each account in the settings
 */
public record SeriesBound(int fixed, int ofGateway, int ofAccount) {
    static SeriesBound fixed(int series) {
        return new SeriesBound(series, 0, 0);
    }

    static SeriesBound eachGateway(int series) {
        return new SeriesBound(0, series, 0);
    }

    static SeriesBound eachAccount(int series) {
        return new SeriesBound(0, 0, series);
    }

    SeriesBound plus(int more) {
        return new SeriesBound(fixed + more, ofGateway, ofAccount);
    }

    /** With settings of so many gateways and accounts. */
    public long of(int gateways, int accounts) {
        return fixed + (gateways + 1L) * ofGateway + (accounts + 1L) * ofAccount;
    }

    /** For people. */
    public String text() {
        var parts = new ArrayList<String>();
        if (fixed > 0) {
            parts.add(String.format(Locale.ROOT, "%,d", fixed));
        }
        if (ofGateway > 0) {
            parts.add(String.format(Locale.ROOT, "%,d a gateway", ofGateway));
        }
        if (ofAccount > 0) {
            parts.add(String.format(Locale.ROOT, "%,d an account", ofAccount));
        }
        return String.join(" + ", parts);
    }
}
