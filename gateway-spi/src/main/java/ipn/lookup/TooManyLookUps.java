package ipn.lookup;

/** A client caused more look-ups than one client may. The gateway was not queried. */
final class TooManyLookUps extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Without a stack trace: clients can cause many. */
    TooManyLookUps(String message) {
        super(message, null, false, false);
    }
}
