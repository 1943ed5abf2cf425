package ipn.gateway.content;

import ipn.topics.Reason;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Thrown by the parsers of a body; {@code Translation.orRefused} converts it to a refusal. The message names the field and
 * what was expected, and never contains a value of the notification.
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

    /** The message for people: the field and what was expected. */
    public String detail() {
        return String.valueOf(getMessage());
    }

    /** The result of a reader; empty if it throws this exception. */
    public static <T> Optional<T> unlessRefused(Supplier<T> reader) {
        try {
            return Optional.of(reader.get());
        } catch (RefusedException e) {
            return Optional.empty();
        }
    }
}
