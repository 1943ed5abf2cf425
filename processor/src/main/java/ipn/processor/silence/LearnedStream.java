package ipn.processor.silence;

import java.util.List;

/**
 * What is known of one stream, to store it.
 *
 * @param hour that is being counted, in hours since 1970
 * @param inHour notifications of that hour
 * @param last milliseconds since 1970
 * @param learnedHours hours it was learned from
 * @param counts by hour of the week, like {@code hours}
 * @param longGaps how many, {@code excess} and {@code gapHours} as in the limit
 */
public record LearnedStream(
        StreamId id,
        long hour,
        long inHour,
        long last,
        long learnedHours,
        List<Double> counts,
        List<Double> hours,
        double longGaps,
        double excess,
        double gapHours) {
    public LearnedStream {
        counts = List.copyOf(counts);
        hours = List.copyOf(hours);
    }

    /** Whether it can be used: what is read from a file may be anything. */
    boolean isWhole() {
        return counts.size() == Hours.OF_WEEK && hours.size() == Hours.OF_WEEK;
    }
}
