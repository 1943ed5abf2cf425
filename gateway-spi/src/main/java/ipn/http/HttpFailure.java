package ipn.http;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletionException;

/**
 * Why there is no reply. The message is ours and safe to log: no query, no header, no body, and nothing out of a notification.
 */
public abstract sealed class HttpFailure extends IOException permits NotAllowed, Unreachable {
    private static final long serialVersionUID = 1L;

    /** The message alone: a cause might quote what was sent, and a stack would name only the client. */
    HttpFailure(String message) {
        super(message);
    }

    /** The failure in what a stage of {@link BoundedHttp} or {@link FetchedOnce} failed with, behind whatever stages wrapped it. */
    public static Optional<HttpFailure> in(Throwable thrown) {
        return unwrapped(thrown) instanceof HttpFailure failure ? Optional.of(failure) : Optional.empty();
    }

    /** Why a stage failed, safe to log: other messages than ours might quote what was sent, so only the type of those is returned. */
    public static String why(Throwable thrown) {
        return in(thrown)
                .map(failure -> String.valueOf(failure.getMessage()))
                .orElseGet(() -> unwrapped(thrown).getClass().getSimpleName());
    }

    static Throwable unwrapped(Throwable thrown) {
        var inner = thrown;
        while (inner instanceof CompletionException && inner.getCause() != null) {
            inner = inner.getCause();
        }
        return inner;
    }

    /** Failures are counted in floods; nobody reads their stacks. */
    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
