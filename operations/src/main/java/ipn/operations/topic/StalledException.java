package ipn.operations.topic;

import java.time.Duration;
import org.apache.kafka.common.TopicPartition;

/** Reading stopped before the end of the range. What was read is incomplete, so it proves nothing. */
public final class StalledException extends RuntimeException {
    StalledException(TopicPartition partition, long at, long end, Duration patience) {
        super(partition + ": stopped at offset " + at + " (expected: offset " + end + "; no progress for "
                + patience.toSeconds() + " s: the broker is unreachable, or an open transaction blocks readers)");
    }
}
