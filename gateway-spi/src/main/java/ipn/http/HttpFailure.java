package ipn.http;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletionException;

/**
 * The reason why there is no reply. Our code writes the message, so it is safe to log: it contains no query, header or body, and
 * no part of a notification.
 */
public abstract sealed class HttpFailure extends IOException permits NotAllowed, Unreachable {
    private static final long serialVersionUID = 1L;

    /** Without a cause, because its message might contain parts of the request. */
    HttpFailure(String message) {
        super(message);
    }

    /** The failure of a stage of {@link BoundedHttp} or {@link FetchedOnce}, without the exceptions that wrap it. */
    public static Optional<HttpFailure> in(Throwable thrown) {
        return unwrapped(thrown) instanceof HttpFailure failure ? Optional.of(failure) : Optional.empty();
    }

    /**
     * The reason why a stage failed, safe to log. For other exceptions it is the type, because their messages might contain parts
     * of the request.
     */
    public static String why(Throwable thrown) {
        return in(thrown)
                .map(failure -> String.valueOf(failure.getMessage()))
                .orElseGet(() -> unwrapped(thrown).getClass().getSimpleName());
    }

    /** The failure of a stage without the wrappers that dependent stages add. */
    public static Throwable unwrapped(Throwable thrown) {
        var inner = thrown;
        while (inner instanceof CompletionException && inner.getCause() != null) {
            inner = inner.getCause();
        }
        return inner;
    }

    /** Failures may be frequent, and their stack traces only name the client, so they are not recorded. */
    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
