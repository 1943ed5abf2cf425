package ipn.projector.deadletter;

import ipn.serde.RegistryFailure;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A rule failed on a record, before anything was written because of it. So the record can become a dead letter, and the stage goes on;
 * any other exception stops the thread, and the record is read again.
 */
public final class RulesFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private RulesFailedException(Throwable cause) {
        super(cause);
    }

    /** Reads stores and applies rules; nothing must be written yet. */
    public static <T> T guard(Supplier<T> rules) {
        try {
            return rules.get();
        } catch (RuntimeException | StackOverflowError e) { // a bug of ours, or values that no stage writes
            if (RegistryFailure.isUnavailable(e)) {
                throw e; // a store could not be read: nothing is known about the record
            }
            throw new RulesFailedException(e);
        }
    }

    /** Why rules failed, if that is what an exception is about; Kafka Streams wraps it. */
    public static Optional<Throwable> in(Throwable thrown) {
        for (var each = thrown; each != null; each = each.getCause()) {
            if (each instanceof RulesFailedException) {
                return Optional.of(Objects.requireNonNullElse(each.getCause(), each));
            }
        }
        return Optional.empty();
    }
}
