package ipn.access.authzen;

import io.vertx.core.json.JsonObject;
import ipn.access.http.Fields;
import ipn.client.AccessKey;
import ipn.client.AccessQuestion;
import java.time.Duration;
import java.util.Optional;

/**
 * One access evaluation: may this user use this entitlement?
 *
 * @param subject of type {@code user}
 * @param action named {@code use}
 * @param resource of type {@code entitlement}, its id the name of the entitlement; {@code properties.scope} limits it
 * @param maxAge {@code context.maxAge}, in seconds
 */
record Evaluation(Entity subject, String action, Entity resource, Optional<String> scope, Optional<Duration> maxAge) {
    static final String USER = "user";
    static final String USE = "use";
    static final String ENTITLEMENT = "entitlement";

    private static final Fields NOTHING = Fields.of(new JsonObject());

    /** Something with a type and an id. */
    record Entity(String type, String id) {
        private static Entity of(Fields own, Fields otherwise) {
            return new Entity(field("type", own, otherwise), field("id", own, otherwise));
        }

        private static String field(String name, Fields own, Fields otherwise) {
            return own.json().getValue(name) == null && otherwise.json().getValue(name) != null
                    ? otherwise.text(name)
                    : own.text(name);
        }
    }

    /**
     * Reads an evaluation.
     *
     * @param defaults what holds for the entities that it does not have itself; an entity of its own replaces the default, apart from a type
     *     or id that it lacks
     */
    static Evaluation of(Fields own, Fields defaults) {
        var resource =
                own.object("resource").or(() -> defaults.object("resource")).orElse(NOTHING);
        var action = own.object("action").or(() -> defaults.object("action"));
        var context = own.object("context").or(() -> defaults.object("context")).orElse(NOTHING);
        return new Evaluation(
                entity("subject", own, defaults),
                action.orElseGet(() -> new Fields("action.", NOTHING.json())).text("name"),
                entity("resource", own, defaults),
                resource.object("properties").flatMap(properties -> properties.optionalText("scope")),
                context.age("maxAge"));
    }

    private static Entity entity(String name, Fields own, Fields defaults) {
        var missing = new Fields(own.path() + name + ".", NOTHING.json());
        var otherwise = defaults.object(name).orElse(missing);
        return Entity.of(own.object(name).orElse(missing), otherwise);
    }

    /** Why it is denied whatever the subject may use; empty: it is a question about access. */
    Optional<String> unknown() {
        if (!subject.type().equals(USER)) {
            return Optional.of("UNKNOWN_SUBJECT_TYPE");
        }
        if (!resource.type().equals(ENTITLEMENT)) {
            return Optional.of("UNKNOWN_RESOURCE_TYPE");
        }
        return action.equals(USE) ? Optional.empty() : Optional.of("UNKNOWN_ACTION");
    }

    AccessQuestion question() {
        return new AccessQuestion(new AccessKey(subject.id(), resource.id(), scope), maxAge);
    }
}
