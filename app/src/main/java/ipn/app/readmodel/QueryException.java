package ipn.app.readmodel;

/** The query stage gives no answer. The message is for people, and has nothing of the question. */
final class QueryException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    QueryException(String message) {
        super(message, null, false, false);
    }
}
