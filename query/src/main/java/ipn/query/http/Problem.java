package ipn.query.http;

import ipn.runtime.caller.Refusal;

/** Every response that is no answer, as {@code application/problem+json} (RFC 9457). None repeats what was asked. */
enum Problem {
    // spotless:off
    BAD_REQUEST        (400, "not a well-formed request"),
    BAD_PARAMETER      (400, "a parameter is wrong"),
    NOT_AUTHENTIC      (401, "no bearer token or client certificate that is valid here"),
    NOT_LOCAL          (403, "only programs on this machine may ask, by its address or localhost"),
    NO_ROLE            (403, "no role that may ask this"),
    NOT_FOUND          (404, "nothing is known about it"),
    NO_SUCH_QUESTION   (404, "no such question"),
    METHOD_NOT_ALLOWED (405, "only GET is understood here"),
    TOO_SLOW           (408, "the request took too long to arrive"),
    URI_TOO_LONG       (414, "the request line is too long"),
    TOO_MANY           (429, "too many questions of this caller"),
    HEADERS_TOO_LARGE  (431, "the headers are too large"),
    FAILED             (500, "the question could not be answered because of an error here"),
    NO_USER            (404, "no user is known of this payment"),
    CHANGED            (503, "the records changed while they were read"),
    KAFKA_AWAY         (503, "Kafka or the schema registry does not answer"),
    BUSY               (503, "too many questions at once"),
    BEING_BUILT        (503, "the read model is being built"),
    DATABASE_AWAY      (503, "the database does not answer"),
    ISSUER_AWAY        (503, "the keys of the token's issuer cannot be fetched"),
    TOO_MUCH           (504, "the answer took too long; narrow the question, for example by time");
    // spotless:on

    private final int status;
    private final String title;

    Problem(int status, String title) {
        this.status = status;
        this.title = title;
    }

    int status() {
        return status;
    }

    /** The same of a caller who gets no answer. */
    static Problem of(Refusal refusal) {
        return switch (refusal) {
            case NOT_AUTHENTIC -> NOT_AUTHENTIC;
            case NOT_LOCAL -> NOT_LOCAL;
            case NO_ROLE -> NO_ROLE;
            case TOO_MANY -> TOO_MANY;
            case BUSY -> BUSY;
            case ISSUER_AWAY -> ISSUER_AWAY;
        };
    }

    /** Without detail. */
    String body() {
        return "{\"type\":\"about:blank\",\"title\":\"%s\",\"status\":%d,\"code\":\"%s\"}"
                .formatted(title, status, code());
    }

    String title() {
        return title;
    }

    String code() {
        return name();
    }

    /** Whether the same question can be answered a moment later. */
    boolean isTransient() {
        return status == 503 || status == 429;
    }
}
