package ipn.access.order;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import ipn.access.http.Body;
import ipn.access.http.Problem;
import ipn.access.http.ProblemException;
import ipn.access.http.Requests;
import ipn.access.order.Orders.Outcome;
import ipn.runtime.caller.Caller;
import java.io.IOException;

/** Orders over HTTP. */
public record OrderRoutes(Orders orders) {
    private static final String KEY = "idempotency-key";
    private static final int KEY_LENGTH_MAX = 255;
    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder().maxNestingDepth(32).build())
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** Adds the routes. */
    public void mount(Router router) {
        router.route(HttpMethod.PUT, "/v1/orders/:id").handler(context -> {
            try {
                put(context);
            } catch (ProblemException e) {
                e.problem().send(context);
            }
        });
    }

    private void put(RoutingContext context) {
        var id = context.pathParam("id");
        var key = key(context);
        var read = OrderBody.read(id, body(context));
        if (!read.problems().isEmpty()) {
            throw Problem.invalid("INVALID_ORDER", "body: no order that is accepted", read.problems())
                    .exception();
        }
        var caller = Requests.caller(context).map(Caller::name).orElseThrow();
        var vertx = context.vertx().getOrCreateContext();
        orders.put(read.order(), caller, key)
                .whenComplete((outcome, failure) -> vertx.runOnContext(then -> {
                    if (failure == null) {
                        answer(context, id, outcome);
                    } else {
                        context.fail(failure);
                    }
                }));
    }

    private static String key(RoutingContext context) {
        var keys = context.request().headers().getAll(KEY);
        if (keys.size() == 1
                && keys.get(0).length() <= KEY_LENGTH_MAX
                && keys.get(0).matches("[\\x21-\\x7e]([\\x20-\\x7e]*[\\x21-\\x7e])?")) {
            return keys.get(0);
        }
        throw Problem.badRequest("%s: missing or wrong (expected: once, 1 to %d visible characters)"
                        .formatted(KEY, KEY_LENGTH_MAX))
                .exception();
    }

    /** A name that is there twice is ambiguous. */
    private static JsonNode body(RoutingContext context) {
        Body.requireJson(context);
        try {
            var body = context.body().buffer();
            var json = body == null ? null : JSON.readTree(body.getBytes());
            if (json != null && json.isObject()) {
                return json;
            }
        } catch (IOException e) {
            // said below
        }
        throw Problem.badRequest("body: not JSON (expected: one object, each name once)")
                .exception();
    }

    private static void answer(RoutingContext context, String id, Outcome outcome) {
        switch (outcome) {
            case CREATED -> written(context, id, 201);
            case UNCHANGED -> written(context, id, 200);
            case OTHER_CONTENT ->
                new Problem(409, "OTHER_CONTENT", "id: the order exists with another content, which stays")
                        .send(context);
            case KEY_USED -> new Problem(409, "KEY_USED", KEY + ": used for another order").send(context);
            case LOADING -> new Problem(503, "LOADING", "orders: not loaded (expected: within moments)").send(context);
            case BUSY -> new Problem(503, "BUSY", "orders: too many at once").send(context);
            case UNCONFIRMED ->
                new Problem(
                                503,
                                "UNCONFIRMED",
                                "order: not confirmed, but perhaps written (expected: send the same again)")
                        .send(context);
        }
    }

    private static void written(RoutingContext context, String id, int status) {
        var unused = context.response()
                .setStatusCode(status)
                .putHeader("content-type", "application/json")
                .putHeader("cache-control", "no-store")
                .end(new JsonObject()
                        .put("orderId", id)
                        .put("written", status == 201)
                        .toBuffer());
    }
}
