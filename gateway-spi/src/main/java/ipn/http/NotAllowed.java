package ipn.http;

/** The URL is not one that may be asked, and nobody was: no name was looked up, no connection made. Asking again is no use. */
public final class NotAllowed extends HttpFailure {
    private static final long serialVersionUID = 1L;

    public NotAllowed(String message) {
        super(message);
    }
}
