package ipn.operations;

import org.jspecify.annotations.Nullable;

/** An operation failed in the cluster. The message is for people. */
public final class OperationFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public OperationFailedException(String message) {
        super(message);
    }

    public OperationFailedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
