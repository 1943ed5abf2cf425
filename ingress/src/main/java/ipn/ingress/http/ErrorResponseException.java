package ipn.ingress.http;

/** Ends the processing of a request with a response other than the acknowledgement. */
public final class ErrorResponseException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final ErrorResponse response;

    /** Without a stack trace: it is an ordinary result, and senders could cause many. */
    public ErrorResponseException(ErrorResponse response) {
        super(response.outcome(), null, false, false);
        this.response = response;
    }

    public ErrorResponse response() {
        return response;
    }
}
