package ipn.access.http;

import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;

/**
 * A request that gets no answer, as RFC 9457 has it.
 *
 * @param status of the response
 * @param code stable, for programs
 * @param detail for people; never contains what the client sent
 */
public record Problem(int status, String code, String detail) {
    private static final String TYPE = "application/problem+json";

    /** The request is wrong. */
    public static Problem badRequest(String detail) {
        return new Problem(400, "BAD_REQUEST", detail);
    }

    /** The data is not loaded, or older than the caller accepts. */
    public static Problem notAvailable(String code) {
        return new Problem(
                503,
                code,
                code.equals("TOO_OLD")
                        ? "data: older than max-age (expected: newer, once Kafka answers again)"
                        : "data: not available (expected: loaded within moments)");
    }

    /** The body. */
    public JsonObject json() {
        return new JsonObject()
                .put("type", "about:blank")
                .put("title", code)
                .put("status", status)
                .put("code", code)
                .put("detail", detail);
    }

    /** Ends a request with it. */
    public void send(RoutingContext context) {
        var response = context.response();
        if (status == 503) {
            response.putHeader("retry-after", "1");
        }
        if (!response.ended()) {
            var unused = response.setStatusCode(status)
                    .putHeader("content-type", TYPE)
                    .end(json().encode());
        }
    }

    /** Thrown where a request cannot be answered. */
    public ProblemException exception() {
        return new ProblemException(this);
    }
}
