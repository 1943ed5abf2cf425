package ipn.bench.feed;

import java.util.SortedMap;

/**
 * What one round of raw records cost.
 *
 * @param records how many
 * @param seconds from the first record until the last result
 * @param processorSeconds processor time by name of the process, with that of notifications to users, which are written later
 */
public record FeedRound(int records, double seconds, SortedMap<String, Double> processorSeconds) {
    /** Raw records per second. */
    public double rate() {
        return records / seconds;
    }

    /** Milliseconds of processor time for each record. */
    public double processorMillis() {
        return processorSeconds.values().stream()
                        .mapToDouble(Double::doubleValue)
                        .sum()
                * 1000
                / records;
    }
}
