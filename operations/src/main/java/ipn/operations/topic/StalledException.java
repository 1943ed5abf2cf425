package ipn.operations.topic;

import java.time.Duration;
import org.apache.kafka.common.TopicPartition;

/** Reading came to a halt before its end: what was read is not the whole, and says nothing. */
public final class StalledException extends RuntimeException {
    StalledException(TopicPartition partition, long at, long end, Duration patience) {
        super(partition + ": stands at " + at + " (expected: to reach " + end + "; nothing moved for "
                + patience.toSeconds() + " s: the broker is away, or an open transaction hides what follows)");
    }
}
