package ipn.runtime.http;

/** The head of a request has more header fields than {@link HeadLimits#fieldsMax()}. Shared by all connections: without a stack trace. */
public final class TooManyFieldsException extends Exception {
    private static final long serialVersionUID = 1L;

    TooManyFieldsException() {
        super("too many header fields", null, false, false);
    }
}
