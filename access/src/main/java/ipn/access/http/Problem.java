package ipn.access.http;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.List;

/**
 * A request that gets no answer, as RFC 9457 has it.
 *
 * @param status of the response
 * @param code stable, for programs
 * @param detail for people; never contains what the client sent
 * @param problems all that is wrong with a body; mostly none
 */
public record Problem(int status, String code, String detail, List<String> problems) {
    private static final String TYPE = "application/problem+json";

    public Problem {
        problems = List.copyOf(problems);
    }

    /** A problem that is one. */
    public Problem(int status, String code, String detail) {
        this(status, code, detail, List.of());
    }

    /** What was sent is well-formed, but no such thing. */
    public static Problem invalid(String code, String detail, List<String> problems) {
        return new Problem(422, code, detail, problems);
    }

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
        var json = new JsonObject()
                .put("type", "about:blank")
                .put("title", HttpResponseStatus.valueOf(status).reasonPhrase())
                .put("status", status)
                .put("code", code)
                .put("detail", detail);
        return problems.isEmpty() ? json : json.put("problems", new JsonArray(problems));
    }

    /** Ends a request with it. */
    public void send(RoutingContext context) {
        var response = context.response();
        if (status == 503 || status == 429) {
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
