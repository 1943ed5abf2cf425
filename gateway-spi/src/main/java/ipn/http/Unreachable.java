package ipn.http;

/** Nobody can say just now: no whole, usable reply came in time. Asking again later may help. */
public final class Unreachable extends HttpFailure {
    private static final long serialVersionUID = 1L;

    public Unreachable(String message) {
        super(message);
    }
}
