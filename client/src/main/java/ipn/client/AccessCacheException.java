package ipn.client;

/** The cache cannot be opened, because of its settings or its file. */
public final class AccessCacheException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public AccessCacheException(String message) {
        super(message);
    }

    public AccessCacheException(String message, Throwable cause) {
        super(message, cause);
    }
}
