package ipn.bench.eventloop;

import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * What was seen of the event loops while deliveries came in; all in milliseconds.
 *
 * @param metric what the ingress itself says, {@code ipn.ingress.event.loop.lag}
 * @param probe round trips of requests that need an event loop and nothing else
 * @param held of each of them, as much as an event loop was computing or waiting meanwhile; the rest is the machine's
 * @param idle how late a thread woke up that had nothing to do
 * @param peer the same round trips to a thread that has nothing else to do
 * @param answer of the deliveries, from when they were due
 * @param statuses how often each was answered
 */
record LoopLags(Seen metric, Seen probe, Seen held, Seen idle, Seen peer, Seen answer, Map<Integer, Long> statuses) {
    private static final int PUT_OFF = 503;

    record Seen(double median, double p99, double max) {
        static Seen of(Histogram micros) {
            return new Seen(
                    micros.getValueAtPercentile(50) / 1000.0,
                    micros.getValueAtPercentile(99) / 1000.0,
                    micros.getMaxValue() / 1000.0);
        }
    }

    /** For how long a loop was held, beyond what the machine and the JVM did to an idle thread at the same time. */
    double heldMillis() {
        return Math.max(0, held.max() - idle.max());
    }

    /** True where each delivery was accepted or, as more than the verifiers can take, put off with 503. */
    boolean answeredWell() {
        return statuses.keySet().stream().allMatch(status -> status == PUT_OFF || status >= 200 && status < 300);
    }

    long putOff() {
        return statuses.getOrDefault(PUT_OFF, 0L);
    }
}
