package ipn.gateway.content;

import ipn.topics.Reason;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Thrown by readers deep inside a body; {@code Translation.orRefused} turns it into a refusal. The message names the place and
 * what was expected there, and never holds a value out of the notification.
 */
public final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final Reason reason;

    public RefusedException(Reason reason, String detail) {
        super(detail, null, false, false);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }

    /** For people: where, and what was expected. */
    public String detail() {
        return String.valueOf(getMessage());
    }

    /** What a reader returns; empty where it refuses. For looking without judging. */
    public static <T> Optional<T> unlessRefused(Supplier<T> reader) {
        try {
            return Optional.of(reader.get());
        } catch (RefusedException e) {
            return Optional.empty();
        }
    }
}
