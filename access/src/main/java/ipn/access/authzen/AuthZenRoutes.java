package ipn.access.authzen;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import ipn.access.http.AnswerJson;
import ipn.access.http.Body;
import ipn.access.http.Fields;
import ipn.access.http.Problem;
import ipn.access.http.ProblemException;
import ipn.access.http.Requests;
import ipn.client.Access;
import java.net.URI;
import java.util.List;
import java.util.function.Consumer;

/**
 * Access evaluations: {@code user} uses {@code entitlement}. What nobody knows is denied, with the reason in the context.
 *
 * @param publicUrl of the policy decision point
 */
public record AuthZenRoutes(Access access, URI publicUrl) {
    private static final int EVALUATIONS_MAX = 1_000;
    private static final String ALL = "execute_all";
    private static final String FIRST_DENY = "deny_on_first_deny";
    private static final String FIRST_PERMIT = "permit_on_first_permit";
    private static final String REQUEST_ID = "x-request-id";

    /** Adds the routes. */
    public void mount(Router router) {
        router.route(HttpMethod.POST, "/access/v1/evaluation").handler(handled(this::one));
        router.route(HttpMethod.POST, "/access/v1/evaluations").handler(handled(this::several));
        router.route(HttpMethod.GET, "/.well-known/authzen-configuration").handler(handled(this::metadata));
    }

    private static Handler<RoutingContext> handled(Consumer<RoutingContext> handler) {
        return context -> {
            var id = context.request().getHeader(REQUEST_ID);
            if (id != null) {
                context.response().putHeader(REQUEST_ID, id);
            }
            try {
                handler.accept(context);
            } catch (ProblemException e) {
                e.problem().send(context);
            }
        };
    }

    private void metadata(RoutingContext context) {
        var base = publicUrl.toString().replaceAll("/+$", "");
        json(
                context,
                new JsonObject()
                        .put("policy_decision_point", base)
                        .put("access_evaluation_endpoint", base + "/access/v1/evaluation")
                        .put("access_evaluations_endpoint", base + "/access/v1/evaluations"));
    }

    private void one(RoutingContext context) {
        var body = Fields.of(Body.json(context));
        one(context, body);
    }

    private void one(RoutingContext context, Fields body) {
        var decision = decision(Evaluation.of(body, body));
        Requests.setRows(context, 1);
        json(context, decision);
    }

    private void several(RoutingContext context) {
        var body = Fields.of(Body.json(context));
        var evaluations = body.objects("evaluations", EVALUATIONS_MAX);
        if (evaluations.isEmpty()) {
            one(context, body);
            return;
        }
        var semantic = body.object("options")
                .flatMap(options -> options.optionalText("evaluations_semantic"))
                .orElse(ALL);
        if (!List.of(ALL, FIRST_DENY, FIRST_PERMIT).contains(semantic)) {
            throw Problem.badRequest("options.evaluations_semantic: unknown (expected: %s, %s or %s)"
                            .formatted(ALL, FIRST_DENY, FIRST_PERMIT))
                    .exception();
        }
        var decisions = decisions(evaluations, body, semantic);
        Requests.setRows(context, decisions.size());
        json(context, new JsonObject().put("evaluations", decisions));
    }

    private JsonArray decisions(List<Fields> evaluations, Fields defaults, String semantic) {
        var decisions = new JsonArray();
        for (var each : evaluations) {
            var decision = decisionOrError(each, defaults);
            decisions.add(decision);
            var allowed = decision.getBoolean("decision");
            if (allowed ? semantic.equals(FIRST_PERMIT) : semantic.equals(FIRST_DENY)) {
                break;
            }
        }
        return decisions;
    }

    /** What is wrong with one evaluation denies that one. */
    private JsonObject decisionOrError(Fields evaluation, Fields defaults) {
        try {
            return decision(Evaluation.of(evaluation, defaults));
        } catch (ProblemException e) {
            var error = new JsonObject()
                    .put("status", e.problem().status())
                    .put("message", e.problem().detail());
            return denied(new JsonObject().put("error", error));
        }
    }

    private JsonObject decision(Evaluation evaluation) {
        var unknown = evaluation.unknown();
        if (unknown.isPresent()) {
            return denied(new JsonObject().put("reason", unknown.get()));
        }
        var answer = access.of(evaluation.question());
        return new JsonObject()
                .put("decision", answer.isAllowed())
                .put("context", AnswerJson.reasons(answer).mergeIn(AnswerJson.age(answer)));
    }

    private static JsonObject denied(JsonObject context) {
        return new JsonObject().put("decision", false).put("context", context);
    }

    private static void json(RoutingContext context, JsonObject answer) {
        var unused = context.response()
                .putHeader("content-type", "application/json")
                .putHeader("cache-control", "no-store")
                .end(answer.toBuffer());
    }
}
