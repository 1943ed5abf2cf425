package ipn.operations;

import org.jspecify.annotations.Nullable;

/** The cluster did not do what an operator asked for; the message is for people. */
public final class OperationFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public OperationFailedException(String message) {
        super(message);
    }

    public OperationFailedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
