package ipn.bench.pipeline;

import ipn.bench.measure.ProcessorTimes;
import java.util.Optional;

/**
 * The end of a round.
 *
 * @param sendSeconds from the first notification until the last acknowledgement
 * @param seconds from the first notification until the last result
 * @param end the processor times at the last result
 * @param delayed what followed later
 */
public record Timing(
        double sendSeconds, double seconds, ProcessorTimes end, Delayed delayed, Optional<Round.Latencies> latencies) {
    /** What is delayed on purpose. */
    public record Delayed(double seconds, ProcessorTimes end) {}

    /** Seconds between two moments of {@link System#nanoTime()}. */
    public static double secondsBetween(long from, long to) {
        return (to - from) / 1e9;
    }
}
