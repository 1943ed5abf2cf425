package ipn.access.ofrep;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import ipn.access.http.AnswerJson;
import ipn.access.http.Body;
import ipn.access.http.Fields;
import ipn.access.http.ProblemException;
import ipn.access.http.Requests;
import ipn.client.Access;
import ipn.client.AccessAnswer;
import ipn.client.AccessKey;
import ipn.client.AccessQuestion;
import ipn.client.AccessStatus;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Each entitlement is a flag with a boolean value. The evaluation context names the subject ({@code targetingKey}), and may name a
 * {@code scope} and a {@code maxAge} in seconds. The variant is the status, the flag's metadata is the rest of the answer.
 */
public record OfrepRoutes(Access access) {
    private static final String PATH = "/ofrep/v1/evaluate/flags";

    /** Who asks, and how old the data may be. */
    private record Context(String subject, Optional<String> scope, Optional<Duration> maxAge) {}

    /** A request that gets no evaluation, with OpenFeature's code. */
    private record Failure(int status, String code, String details) {}

    /** Adds the routes. */
    public void mount(Router router) {
        router.route(HttpMethod.POST, PATH + "/:key").handler(context -> evaluated(context, this::one));
        router.route(HttpMethod.POST, PATH).handler(context -> evaluated(context, this::all));
    }

    private interface Evaluator {
        void answer(RoutingContext context, Context asked);
    }

    private static void evaluated(RoutingContext context, Evaluator evaluator) {
        JsonObject body;
        try {
            body = Body.json(context);
        } catch (ProblemException e) {
            fail(context, new Failure(400, "PARSE_ERROR", e.problem().detail()));
            return;
        }
        try {
            var fields = Fields.of(body).object("context").orElseGet(() -> new Fields("context.", new JsonObject()));
            var subject = fields.optionalText("targetingKey");
            if (subject.isEmpty()) {
                fail(
                        context,
                        new Failure(
                                400, "TARGETING_KEY_MISSING", "context.targetingKey: missing (expected: the subject)"));
                return;
            }
            evaluator.answer(context, new Context(subject.get(), fields.optionalText("scope"), fields.age("maxAge")));
        } catch (ProblemException e) {
            fail(context, new Failure(400, "INVALID_CONTEXT", e.problem().detail()));
        }
    }

    private void one(RoutingContext context, Context asked) {
        var key = context.pathParam("key");
        var answer = answer(key, asked);
        if (answer.isKnown()) {
            Requests.setRows(context, 1);
            json(context, evaluation(key, answer, AnswerJson.reasons(answer).mergeIn(AnswerJson.age(answer))));
        } else {
            unknown(context, answer);
        }
    }

    /** Every entitlement that anybody has. The metadata has no ages, so that the entity tag stays while nothing changes. */
    private void all(RoutingContext context, Context asked) {
        var any = answer("", asked);
        if (!any.isKnown()) {
            unknown(context, any);
            return;
        }
        var flags = new JsonArray();
        for (var name : access.entitlements()) {
            var answer = answer(name, asked);
            flags.add(evaluation(name, answer, AnswerJson.reasons(answer)));
        }
        var body = new JsonObject().put("flags", flags);
        var tag = tag(body);
        context.response().putHeader("etag", tag);
        if (isAmong(tag, context.request().getHeader("if-none-match"))) {
            var unused = context.response().setStatusCode(304).end();
        } else {
            Requests.setRows(context, flags.size());
            json(context, body);
        }
    }

    private AccessAnswer answer(String entitlement, Context asked) {
        return access.of(
                new AccessQuestion(new AccessKey(asked.subject(), entitlement, asked.scope()), asked.maxAge()));
    }

    private static JsonObject evaluation(String key, AccessAnswer answer, JsonObject metadata) {
        return new JsonObject()
                .put("key", key)
                .put("value", answer.isAllowed())
                .put("reason", reason(answer))
                .put("variant", answer.status().name().toLowerCase(Locale.ROOT))
                .put("metadata", metadata);
    }

    /** One of OpenFeature's reasons. */
    private static String reason(AccessAnswer answer) {
        if (answer.stale()) {
            return "STALE";
        }
        return answer.status() == AccessStatus.NONE ? "DEFAULT" : "TARGETING_MATCH";
    }

    private static void unknown(RoutingContext context, AccessAnswer answer) {
        context.response().putHeader("retry-after", "1");
        fail(context, new Failure(503, "GENERAL", answer.reason()));
    }

    /** Published providers expect metadata in every body. */
    private static void fail(RoutingContext context, Failure failure) {
        context.response().setStatusCode(failure.status());
        var key = context.pathParam("key");
        var body = new JsonObject()
                .put("errorCode", failure.code())
                .put("errorDetails", failure.details())
                .put("metadata", new JsonObject());
        json(context, key == null ? body : body.put("key", key));
    }

    private static String tag(JsonObject body) {
        try {
            var sum = MessageDigest.getInstance("SHA-256").digest(body.encode().getBytes(StandardCharsets.UTF_8));
            return '"' + HexFormat.of().formatHex(sum, 0, 16) + '"';
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean isAmong(String tag, @Nullable String header) {
        return header != null
                && Arrays.stream(header.split(","))
                        .map(String::strip)
                        .anyMatch(each -> each.equals("*") || each.equals(tag) || each.equals("W/" + tag));
    }

    private static void json(RoutingContext context, JsonObject body) {
        var unused = context.response()
                .putHeader("content-type", "application/json")
                .putHeader("cache-control", "no-store")
                .end(body.toBuffer());
    }
}
