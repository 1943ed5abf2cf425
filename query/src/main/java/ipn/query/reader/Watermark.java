package ipn.query.reader;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Until when the read model is complete. The ends of all topics are asked at some time; once all are read, the model has everything that
 * was committed before that time, however much has arrived since. Not thread-safe.
 */
final class Watermark {
    private record Goal(Instant askedAt, Map<TopicPartition, Long> ends) {}

    private @Nullable Goal goal;

    /** Whether ends were asked that are not reached. */
    boolean isPending() {
        return goal != null;
    }

    /** @param askedAt before the ends were asked */
    void expect(Instant askedAt, Map<TopicPartition, Long> ends) {
        goal = new Goal(askedAt, Map.copyOf(ends));
    }

    /** Until when the model is complete with these positions; empty if that is not known yet. */
    Optional<Instant> reached(Map<TopicPartition, Long> positions) {
        var expected = goal;
        if (expected == null
                || !expected.ends().entrySet().stream()
                        .allMatch(end -> positions.getOrDefault(end.getKey(), 0L) >= end.getValue())) {
            return Optional.empty();
        }
        goal = null;
        return Optional.of(expected.askedAt());
    }
}
