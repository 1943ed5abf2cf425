package ipn.serde;

import io.confluent.kafka.schemaregistry.client.rest.RestService;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.function.Predicate;
import org.apache.avro.InvalidNumberEncodingException;
import org.apache.kafka.common.errors.ApiException;
import org.jspecify.annotations.Nullable;

/**
 * Distinguishes an unavailable schema registry from a malformed record. While the registry is unavailable no record can be read, so a failed
 * deserialization proves nothing about the record: it must be read again later.
 */
public final class RegistryFailure {
    private static final int SERVER_ERROR = 500;
    private static final int NOT_FOUND = 404;
    private static final String REGISTRY_CLIENT = RestService.class.getPackageName() + ".";

    private RegistryFailure() {}

    /** Whether a deserialization failed because the registry does not know the schema, now. */
    static boolean isUnknownSchema(Throwable failure) {
        return anyCause(
                failure, cause -> cause instanceof RestClientException answer && answer.getStatus() == NOT_FOUND);
    }

    /** Whether a deserialization failed because the registry could not be reached, or answered with a server error. */
    public static boolean isUnavailable(@Nullable Throwable failure) {
        return anyCause(
                failure,
                cause -> cause instanceof SocketException
                        || isOfRequest(cause)
                        || cause instanceof SocketTimeoutException
                        || cause instanceof UnknownHostException
                        || cause instanceof RestClientException answer && answer.getStatus() >= SERVER_ERROR);
    }

    /**
     * Whether a deserialization failed for anything else than its bytes, or a schema that the registry does not know: any other answer, such as
     * missing permissions or too many requests, and any failure of the connection. Confluent's deserializer turns some answers into errors of Kafka.
     */
    static boolean isOfRegistry(@Nullable Throwable failure) {
        return anyCause(
                failure,
                cause -> cause instanceof RestClientException answer && answer.getStatus() != NOT_FOUND
                        || cause instanceof IOException && !isOfBytes(cause)
                        || cause instanceof ApiException);
    }

    /**
     * The JDK's HTTP client has no class for a connection that ends while a request is sent, and TLS takes the one for the end of bytes. Whatever decodes
     * bytes may throw the same ones, so the place decides. Other subclasses say that an answer is no JSON.
     */
    private static boolean isOfRequest(Throwable failure) {
        return (failure.getClass() == IOException.class || failure instanceof EOFException)
                && Arrays.stream(failure.getStackTrace())
                        .anyMatch(frame -> frame.getClassName().startsWith(REGISTRY_CLIENT));
    }

    private static boolean anyCause(@Nullable Throwable failure, Predicate<Throwable> is) {
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            if (is.test(cause)) {
                return true;
            }
        }
        return false;
    }

    /** Avro's decoder throws these where bytes end too early, or are no number. */
    private static boolean isOfBytes(Throwable failure) {
        return failure instanceof EOFException || failure instanceof InvalidNumberEncodingException;
    }
}
