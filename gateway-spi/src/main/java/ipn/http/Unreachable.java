package ipn.http;

/** No complete, usable reply was received in time. A retry may succeed. */
public final class Unreachable extends HttpFailure {
    private static final long serialVersionUID = 1L;

    public Unreachable(String message) {
        super(message);
    }
}
