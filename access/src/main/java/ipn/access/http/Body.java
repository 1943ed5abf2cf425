package ipn.access.http;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.Locale;

/** Bodies of requests: one JSON object. */
public final class Body {
    /** Larger bodies are refused. */
    public static final long BYTES_MAX = 512 * 1024;

    private Body() {}

    /** A problem if the body is said to be anything but JSON. */
    public static void requireJson(RoutingContext context) {
        var type = String.valueOf(context.request().getHeader("content-type")).toLowerCase(Locale.ROOT);
        if (!type.matches("application/json *(;.*)?")) {
            throw Problem.badRequest("content-type: wrong (expected: application/json)")
                    .exception();
        }
    }

    /** The object; a problem if the body is anything else. */
    public static JsonObject json(RoutingContext context) {
        requireJson(context);
        try {
            var body = context.body().buffer();
            if (body != null && body.length() > 0) {
                return new JsonObject(body);
            }
        } catch (DecodeException | ClassCastException | IllegalArgumentException e) {
            // said below
        }
        throw Problem.badRequest("body: not JSON (expected: one object)").exception();
    }
}
