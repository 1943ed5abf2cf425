package ipn.ingress.http;

import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import ipn.runtime.http.TooManyFieldsException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Every response but the acknowledgement. The status is part of the contract, because it decides whether a gateway sends
 * again: 4xx is an error of the sender, 503 is ours and asks for another try. Bodies are constant, so that no response
 * reveals what was sent or why it was rejected.
 */
public enum ErrorResponse {
    // spotless:off
    BAD_REQUEST        (400, "not a well-formed request"),
    NOT_AUTHENTIC      (401, "not authentic"),
    NOT_FOUND          (404, "no such account"),
    METHOD_NOT_ALLOWED (405, "only POST is understood here"),
    TOO_SLOW           (408, "the request took too long to arrive"),
    TOO_LARGE          (413, "the body is too large"),
    URI_TOO_LONG       (414, "the request line is too long"),
    UNSUPPORTED_TYPE   (415, "not a media type or encoding this account takes"),
    /** More authentic notifications for this account than {@code ingress.rate-limit} allows. */
    TOO_MANY_REQUESTS  (429, ErrorResponse.TOO_MANY),
    /** This client caused more requests to the gateway, by notifications that are not authentic, than one client may. */
    TOO_MANY_LOOK_UPS  (429, ErrorResponse.TOO_MANY),
    HEADERS_TOO_LARGE  (431, "the headers are too large"),
    /** More bytes in flight, signatures to verify, or notifications that wait than the limits allow. */
    BUSY               (503, ErrorResponse.LATER),
    /** The gateway could not be asked whether the notification is authentic. */
    UNDECIDED          (503, ErrorResponse.LATER),
    /** Kafka did not confirm that the records are stored. */
    UNPUBLISHED        (503, ErrorResponse.LATER),
    /** Not finished by the deadline. */
    OVERDUE            (503, ErrorResponse.LATER),
    /** A bug in this program. */
    FAILED             (503, ErrorResponse.LATER);
    // spotless:on

    private static final String TOO_MANY = "too many notifications";
    private static final String LATER = "not stored, send it again later";

    private final int status;
    private final String body;

    ErrorResponse(int status, String title) {
        this.status = status;
        this.body = "{\"status\":" + status + ",\"title\":\"" + title + "\"}";
    }

    public int status() {
        return status;
    }

    /** Of media type {@code application/problem+json}. */
    public String body() {
        return body;
    }

    /** Name in logs and metrics. */
    public String outcome() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** True if it has the header {@code Retry-After}. */
    public boolean hasRetryAfter() {
        return status == 503 || status == 429;
    }

    /** True if the connection is closed after it: what sent one wrong request costs a new connection for the next. */
    public boolean closesConnection() {
        return status < 500 && this != TOO_MANY_REQUESTS;
    }

    /** The response to a head the decoder could not read. */
    public static ErrorResponse forUnreadableHead(@Nullable Throwable cause) {
        if (cause instanceof TooLongHttpLineException) {
            return URI_TOO_LONG;
        }
        var tooLarge = cause instanceof TooLongHttpHeaderException || cause instanceof TooManyFieldsException;
        return tooLarge ? HEADERS_TOO_LARGE : BAD_REQUEST;
    }
}
