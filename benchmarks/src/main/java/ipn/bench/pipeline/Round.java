package ipn.bench.pipeline;

import ipn.bench.measure.LogUsage;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/**
 * The figures of one round.
 *
 * @param notifications how many were sent
 * @param sendSeconds from the first that was sent until the last acknowledgement
 * @param seconds from the first that was sent until the last result
 * @param processorSeconds processor time by name of the process
 * @param delayed what the processes did later on purpose
 * @param usage what was written to the broker's log, by group of topics
 * @param transactions committed transactions by application id
 * @param latencies with {@code --rate}
 */
public record Round(
        Side side,
        int notifications,
        double sendSeconds,
        double seconds,
        SortedMap<String, Double> processorSeconds,
        Delayed delayed,
        SortedMap<String, LogUsage> usage,
        SortedMap<String, Long> transactions,
        Optional<Latencies> latencies) {
    /**
     * Times in microseconds.
     *
     * @param acknowledgement from when a notification was to be sent until its acknowledgement
     * @param readable from the acknowledgement until a committed reader has read the result
     */
    public record Latencies(Histogram acknowledgement, Histogram readable) {}

    /**
     * What is not a part of the time of a round, because it is delayed on purpose.
     *
     * @param seconds from the last result until the last of it
     * @param processorSeconds of these seconds, idle ones included, by name of the process
     */
    public record Delayed(double seconds, SortedMap<String, Double> processorSeconds) {
        static final Delayed NONE = new Delayed(0, new TreeMap<>());
    }

    /**
     * The round with the processor time of what was delayed: that beyond what the processes use when they are idle.
     *
     * @param idle processor time by process in one idle second
     */
    public Round withDelayed(SortedMap<String, Double> idle) {
        var sums = new TreeMap<>(processorSeconds);
        delayed.processorSeconds()
                .forEach((process, seconds) -> sums.merge(
                        process,
                        Math.max(0, seconds - idle.getOrDefault(process, 0.0) * delayed.seconds()),
                        Double::sum));
        return new Round(side, notifications, sendSeconds, seconds, sums, Delayed.NONE, usage, transactions, latencies);
    }

    /** Notifications per second. */
    public double rate() {
        return notifications / seconds;
    }

    /** Milliseconds of processor time for each notification, of the broker and the processes of this side. */
    public double processorMillis() {
        return processorSeconds.entrySet().stream()
                .filter(each -> side.counts(each.getKey()))
                .mapToDouble(each -> perNotification(each.getValue() * 1000))
                .sum();
    }

    /** Everything that was written. */
    public LogUsage total() {
        return usage.values().stream().reduce(LogUsage.NONE, LogUsage::plus);
    }

    public long transactionCount() {
        return transactions.values().stream().mapToLong(Long::longValue).sum();
    }

    public double perNotification(double amount) {
        return amount / notifications;
    }
}
