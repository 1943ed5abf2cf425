package ipn.http;

/** The URL is not allowed. No name was resolved and no request was sent. A retry has the same result. */
public final class NotAllowed extends HttpFailure {
    private static final long serialVersionUID = 1L;

    public NotAllowed(String message) {
        super(message);
    }
}
