package ipn.operations.topic;

import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.jspecify.annotations.Nullable;

/** Describes why an {@link ExclusiveWriter} stopped before its end. */
public final class WriteFailure {
    private WriteFailure() {}

    /** @param fenced the description if another writer with the same task was opened */
    public static String describe(KafkaException e, String fenced) {
        return isFenced(e)
                ? fenced
                : "kafka: " + e.getClass().getSimpleName() + ": " + e.getMessage()
                        + " (run the command again: what was committed is not repeated)";
    }

    private static boolean isFenced(@Nullable Throwable e) {
        return e != null
                && (e instanceof ProducerFencedException
                        || e instanceof InvalidProducerEpochException
                        || isFenced(e.getCause()));
    }
}
