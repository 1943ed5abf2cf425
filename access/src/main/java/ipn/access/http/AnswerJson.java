package ipn.access.http;

import io.vertx.core.json.JsonObject;
import ipn.client.AccessAnswer;
import ipn.client.AccessDecision;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Answers as JSON. Fields without a value are absent. */
public final class AnswerJson {
    private AnswerJson() {}

    /** The whole answer. */
    public static JsonObject of(AccessAnswer answer) {
        var json = new JsonObject()
                .put("subject", answer.key().subject())
                .put("entitlement", answer.key().entitlement());
        answer.key().scope().ifPresent(scope -> json.put("scope", scope));
        return json.put("allowed", answer.isAllowed()).mergeIn(reasons(answer)).mergeIn(age(answer));
    }

    /** Why the answer is as it is: what stays the same until something changes. */
    public static JsonObject reasons(AccessAnswer answer) {
        var json = new JsonObject()
                .put("status", answer.status().name())
                .put("reason", answer.reason())
                .put("revision", answer.revision());
        put(json, "until", answer.until());
        put(json, "graceUntil", answer.graceUntil());
        answer.decision().ifPresent(decision -> put(json, decision));
        return answer.overdue() ? json.put("overdue", true) : json;
    }

    private static void put(JsonObject json, AccessDecision decision) {
        put(json, "from", decision.from());
        decision.product().ifPresent(product -> json.put("product", product));
        decision.decidedBy().ifPresent(key -> json.put("decidedBy", key));
        put(json, "decidedAt", Optional.of(decision.decidedAt()));
        json.put("policyVersion", decision.policyVersion());
        if (decision.test()) {
            json.put("test", true);
        }
    }

    /** How old the data is. */
    public static JsonObject age(AccessAnswer answer) {
        var json = new JsonObject();
        answer.age().map(Duration::toMillis).ifPresent(millis -> json.put("dataAgeMillis", millis));
        return json.put("stale", answer.stale())
                .put("at", answer.at().truncatedTo(ChronoUnit.MILLIS).toString());
    }

    private static void put(JsonObject json, String name, Optional<Instant> time) {
        time.ifPresent(at -> json.put(name, at.toString()));
    }
}
