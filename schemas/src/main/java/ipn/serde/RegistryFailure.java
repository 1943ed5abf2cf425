package ipn.serde;

import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/**
 * Distinguishes an unavailable schema registry from a malformed record. While the registry is unavailable no record can be read, so a failed
 * deserialization proves nothing about the record: it must be read again later.
 */
public final class RegistryFailure {
    private static final int SERVER_ERROR = 500;
    private static final int NOT_FOUND = 404;

    private RegistryFailure() {}

    /** Whether a deserialization failed because the registry does not know the schema, now. */
    static boolean isUnknownSchema(Throwable failure) {
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof RestClientException answer && answer.getStatus() == NOT_FOUND) {
                return true;
            }
        }
        return false;
    }

    /** Whether a deserialization failed because the registry could not be reached, or answered with a server error. */
    public static boolean isUnavailable(@Nullable Throwable failure) {
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SocketException
                    || cause instanceof SocketTimeoutException
                    || cause instanceof UnknownHostException
                    || cause instanceof RestClientException answer && answer.getStatus() >= SERVER_ERROR) {
                return true;
            }
        }
        return false;
    }
}
