package ipn.bench.eventloop;

import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * Measurements of the event loops under load, in milliseconds.
 *
 * @param metric the metric {@code ipn.ingress.event.loop.lag} of the ingress
 * @param probe round trips of requests that need only an event loop
 * @param blocked the part of each of these round trips during which an event loop computed or waited; the machine causes the rest
 * @param idle how late an idle thread woke up
 * @param peer round trips of the same requests to an idle thread
 * @param response the time from when a delivery was due to its response
 * @param statuses the number of responses by status
 */
record LoopLags(
        Percentiles metric,
        Percentiles probe,
        Percentiles blocked,
        Percentiles idle,
        Percentiles peer,
        Percentiles response,
        Map<Integer, Long> statuses) {
    private static final int OVERLOADED = 503;

    /** Three percentiles of one measurement. */
    record Percentiles(double median, double p99, double max) {
        static Percentiles of(Histogram micros) {
            return new Percentiles(
                    micros.getValueAtPercentile(50) / 1000.0,
                    micros.getValueAtPercentile(99) / 1000.0,
                    micros.getMaxValue() / 1000.0);
        }
    }

    /** The longest time that a loop was blocked, minus the longest delay of an idle thread in the same run. */
    double blockedMillis() {
        return Math.max(0, blocked.max() - idle.max());
    }

    /** True if each response was 2xx, or 503 because the verifiers were overloaded. */
    boolean onlyExpectedStatuses() {
        return statuses.keySet().stream().allMatch(status -> status == OVERLOADED || status >= 200 && status < 300);
    }

    /** The number of responses with status 503. */
    long overloaded() {
        return statuses.getOrDefault(OVERLOADED, 0L);
    }
}
