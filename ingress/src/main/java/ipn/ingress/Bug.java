package ipn.ingress;

/** The place of an unexpected exception without its message, which may hold what a gateway sent. */
final class Bug extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Bug(Throwable cause) {
        super(cause.getClass().getName());
        setStackTrace(cause.getStackTrace());
    }
}
