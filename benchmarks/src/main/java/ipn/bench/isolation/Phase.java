package ipn.bench.isolation;

import ipn.bench.load.IngressCall;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.HdrHistogram.Histogram;

/**
 * The result of one phase, in microseconds.
 *
 * @param acknowledgement of all purchases: from when each was to be sent until its acknowledgement
 * @param otherAccounts from the acknowledgement until the entitlement is readable, of purchases of other accounts than the refunds
 * @param sameAccount the same of purchases of the account that has the refunds
 * @param missing purchases without an entitlement
 */
record Phase(Histogram acknowledgement, Histogram otherAccounts, Histogram sameAccount, int missing) {
    private static final long MICROS_MAX = TimeUnit.MINUTES.toMicros(10);

    /**
     * @param acknowledgedAt by event key
     * @param grantedAt by the key of the event that caused the grant
     * @param same whether a call is of the account that has the refunds
     */
    static Phase of(
            Histogram acknowledgement,
            Collection<IngressCall> purchases,
            Map<String, Long> acknowledgedAt,
            Map<String, Long> grantedAt,
            Predicate<IngressCall> same) {
        var others = new Histogram(MICROS_MAX, 3);
        var ofAccount = new Histogram(MICROS_MAX, 3);
        var missing = 0;
        for (var call : purchases) {
            var acknowledged = acknowledgedAt.get(call.eventKey());
            var granted = grantedAt.get(call.eventKey());
            if (acknowledged == null || granted == null) {
                missing++;
            } else {
                var micros = Math.max(0, TimeUnit.NANOSECONDS.toMicros(granted - acknowledged));
                (same.test(call) ? ofAccount : others).recordValue(Math.min(MICROS_MAX, micros));
            }
        }
        return new Phase(acknowledgement, others, ofAccount, missing);
    }

    /** A percentile in milliseconds. */
    static double millis(Histogram micros, double percentile) {
        return micros.getValueAtPercentile(percentile) / 1000.0;
    }
}
