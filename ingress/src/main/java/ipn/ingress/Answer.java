package ipn.ingress;

import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Every answer but the acknowledgement. The status is part of the contract, because it decides whether a gateway sends
 * again: 4xx blames the sender, 503 asks for another try. Bodies are constant, so that no answer tells what was sent or why
 * it was not believed.
 */
enum Answer {
    // spotless:off
    BAD_REQUEST        (400, "not a well-formed request"),
    NOT_AUTHENTIC      (401, "not authentic"),
    NOT_FOUND          (404, "no such account"),
    METHOD_NOT_ALLOWED (405, "only POST is understood here"),
    TOO_SLOW           (408, "the request took too long to arrive"),
    TOO_LARGE          (413, "the body is too large"),
    URI_TOO_LONG       (414, "the request line is too long"),
    UNSUPPORTED_TYPE   (415, "not a media type or encoding this account takes"),
    TOO_MANY_REQUESTS  (429, "too many notifications for this account"),
    HEADERS_TOO_LARGE  (431, "the headers are too large"),
    /** More bytes in flight, or more signatures to verify, than is allowed. */
    BUSY               (503, Answer.LATER),
    /** The gateway could not be asked whether it is its own. */
    UNDECIDED          (503, Answer.LATER),
    /** Kafka did not confirm that it is stored. */
    UNPUBLISHED        (503, Answer.LATER),
    /** Not done by the deadline. */
    OVERDUE            (503, Answer.LATER),
    /** A bug of ours. */
    FAILED             (503, Answer.LATER);
    // spotless:on

    private static final String LATER = "not stored, send it again later";

    private final int status;
    private final String body;

    Answer(int status, String title) {
        this.status = status;
        this.body = "{\"status\":" + status + ",\"title\":\"" + title + "\"}";
    }

    int status() {
        return status;
    }

    /** Of media type {@code application/problem+json}. */
    String body() {
        return body;
    }

    /** Name in logs and metrics. */
    String outcome() {
        return name().toLowerCase(Locale.ROOT);
    }

    boolean retryLater() {
        return status == 503 || status == 429;
    }

    /** After these nobody knows where the next request would begin. */
    boolean closes() {
        return this == BAD_REQUEST || this == TOO_SLOW || this == URI_TOO_LONG || this == HEADERS_TOO_LARGE;
    }

    /** The answer to a head the decoder could not read. */
    static Answer toUnreadable(@Nullable Throwable cause) {
        if (cause instanceof TooLongHttpLineException) {
            return URI_TOO_LONG;
        }
        return cause instanceof TooLongHttpHeaderException ? HEADERS_TOO_LARGE : BAD_REQUEST;
    }
}
