package ipn.gateway;

import ipn.topics.Reason;

/**
 * Thrown by readers deep inside a translation, and turned into {@link Translation.Refused} by the account that started it.
 * The message never holds a value out of the notification.
 */
public final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final Reason reason;

    public RefusedException(Reason reason, String detail) {
        super(detail, null, false, false);
        this.reason = reason;
    }

    public Translation.Refused refusal() {
        return new Translation.Refused(reason, String.valueOf(getMessage()));
    }
}
