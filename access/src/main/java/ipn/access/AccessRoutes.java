package ipn.access;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import ipn.access.authzen.AuthZenRoutes;
import ipn.access.http.AnswerJson;
import ipn.access.http.Body;
import ipn.access.http.Fields;
import ipn.access.http.Problem;
import ipn.access.http.ProblemException;
import ipn.access.http.Requests;
import ipn.access.ofrep.OfrepRoutes;
import ipn.client.Access;
import ipn.client.AccessAnswer;
import ipn.client.AccessKey;
import ipn.client.AccessQuestion;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The access question over HTTP, to be mounted on any router whose bodies are read ({@code BodyHandler}): one question, several, all of a
 * subject; AuthZEN; OFREP. Each takes microseconds on the event loop.
 *
 * @param access what answers
 * @param signer signs answers on request; empty: answers are not signed
 * @param publicUrl where clients reach these routes
 */
public record AccessRoutes(Access access, Optional<AnswerSigner> signer, URI publicUrl) {
    static final int QUESTIONS_MAX = 1_000;
    private static final int ALL_MAX = 1_000;
    private static final Set<String> OF_ONE = Set.of("scope", "max-age", "signed");

    /** Adds all routes. */
    public void mount(Router router) {
        router.route(HttpMethod.GET, "/v1/access/:subject/:entitlement").handler(handled(this::one));
        router.route(HttpMethod.GET, "/v1/access/:subject").handler(handled(this::all));
        router.route(HttpMethod.POST, "/v1/access").handler(handled(this::several));
        router.route(HttpMethod.GET, "/.well-known/ipn-access-keys").handler(handled(this::keys));
        new AuthZenRoutes(access, publicUrl).mount(router);
        new OfrepRoutes(access).mount(router);
    }

    private static Handler<RoutingContext> handled(Consumer<RoutingContext> handler) {
        return context -> {
            try {
                handler.accept(context);
            } catch (ProblemException e) {
                e.problem().send(context);
            }
        };
    }

    private void one(RoutingContext context) {
        var query = Query.of(context, OF_ONE);
        var key = new AccessKey(
                Query.text("subject", context.pathParam("subject")),
                Query.text("entitlement", context.pathParam("entitlement")),
                query.text("scope"));
        var answer = access.of(new AccessQuestion(key, query.age("max-age")));
        if (!answer.isKnown() && answer.decision().isEmpty()) {
            throw Problem.notAvailable(answer.reason()).exception();
        }
        Requests.setRows(context, 1);
        if (query.flag("signed")) {
            signed(context, answer);
        } else {
            json(context, AnswerJson.of(answer));
        }
    }

    /** A signature takes longer than an event loop may wait. */
    private void signed(RoutingContext context, AccessAnswer answer) {
        var key = signer.orElseThrow(() -> Problem.badRequest(
                        "signed: there is no signing key (expected: access.signing-key in the settings)")
                .exception());
        context.vertx()
                .executeBlocking(() -> key.sign(AnswerJson.of(answer)), false)
                .onSuccess(jws -> {
                    var unused = context.response()
                            .putHeader("content-type", "application/jose")
                            .end(jws);
                })
                .onFailure(context::fail);
    }

    private void all(RoutingContext context) {
        var query = Query.of(context, Set.of("limit"));
        var subject = Query.text("subject", context.pathParam("subject"));
        var limit = query.number("limit", 100, ALL_MAX);
        requireLoaded();
        var answers = new JsonArray();
        var found = access.all(subject, limit + 1);
        found.stream().limit(limit).map(AnswerJson::of).forEach(answers::add);
        Requests.setRows(context, answers.size());
        json(
                context,
                new JsonObject()
                        .put("subject", subject)
                        .put("answers", answers)
                        .put("complete", found.size() <= limit));
    }

    /** A question that nobody can have answers whether anything is loaded. */
    private void requireLoaded() {
        var any = access.of("", "");
        if (!any.isKnown()) {
            throw Problem.notAvailable(any.reason()).exception();
        }
    }

    private void several(RoutingContext context) {
        var body = Fields.of(Body.json(context));
        var maxAge = body.age("maxAge");
        var answers = new JsonArray();
        for (var question : body.objects("questions", QUESTIONS_MAX)) {
            var key = new AccessKey(
                    question.text("subject"), question.text("entitlement"), question.optionalText("scope"));
            answers.add(AnswerJson.of(
                    access.of(new AccessQuestion(key, question.age("maxAge").or(() -> maxAge)))));
        }
        Requests.setRows(context, answers.size());
        json(context, new JsonObject().put("answers", answers));
    }

    private void keys(RoutingContext context) {
        var keys = new JsonArray();
        signer.ifPresent(key -> keys.add(key.publicKey()));
        json(context, new JsonObject().put("keys", keys));
    }

    private static void json(RoutingContext context, JsonObject answer) {
        var unused = context.response()
                .putHeader("content-type", "application/json")
                .putHeader("cache-control", "no-store")
                .end(answer.toBuffer());
    }
}
