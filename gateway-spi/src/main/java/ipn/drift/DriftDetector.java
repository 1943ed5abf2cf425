package ipn.drift;

import com.fasterxml.jackson.core.JsonPointer;
import ipn.drift.Finding.Kind;
import ipn.gateway.Delivery;
import ipn.gateway.Gateway;
import ipn.gateway.GatewayAccount;
import ipn.gateway.Item;
import ipn.gateway.Translation;
import ipn.gateway.content.PayloadView;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;

/**
 * Finds differences between authentic notifications and the known format of their gateway. Gateways change their formats without
 * notice; fields that can still be read are processed anyway, and operators see the difference in metrics and logs.
 *
 * @param schemas by name of the gateway
 */
public record DriftDetector(Map<String, KnownSchema> schemas) {
    /** A body in an entirely different format need not be described in full. */
    private static final int FINDINGS_MAX = 20;
    /** How a pointer to the elements of a list ends. */
    private static final String ELEMENT = "/*";

    public DriftDetector {
        schemas = Map.copyOf(schemas);
    }

    /** Loads the schema of every gateway on the class path. */
    public static DriftDetector load() {
        var schemas = new HashMap<String, KnownSchema>();
        for (var gateway : ServiceLoader.load(Gateway.class)) {
            KnownSchema.find(gateway).ifPresent(schema -> schemas.put(gateway.name(), schema));
        }
        return new DriftDetector(schemas);
    }

    /** Compares an item with the schema of its gateway. Empty if there is no schema, or if the item cannot be read. */
    public List<Finding> findings(GatewayAccount account, Delivery delivery, Item item) {
        var schema = schemas.get(account.id().gateway());
        if (schema == null) {
            return List.of();
        }
        if (!schema.knows(item.type()) && account.translate(delivery, item) instanceof Translation.Ignored) {
            return List.of(new Finding(Kind.UNKNOWN_EVENT_TYPE, ""));
        }
        return account.payloadView(delivery, item)
                .map(view -> findings(schema, delivery, item.type(), view))
                .orElse(List.of());
    }

    /** The event type if the schema contains it, otherwise {@code other}. Bounds the label values of metrics. */
    public String knownType(String gateway, String type) {
        var schema = schemas.get(gateway);
        return schema != null && schema.knows(type) ? type : "other";
    }

    private static List<Finding> findings(KnownSchema schema, Delivery delivery, String type, PayloadView view) {
        var findings = new ArrayList<Finding>();
        version(schema, delivery, view).ifPresent(findings::add);
        var sent = delivery.fetchedFrom().isEmpty();
        var event = schema.events().get(KnownSchema.event(type, sent));
        if (event != null) {
            var found = FieldTypes.of(view.fields().node(), schema.free());
            differing(schema, event, found, findings);
            missing(event.keySet(), sent ? schema.always() : schema.alwaysFetched(), found, findings);
        }
        return findings.size() <= FINDINGS_MAX ? findings : List.copyOf(findings.subList(0, FINDINGS_MAX));
    }

    private static Optional<Finding> version(KnownSchema schema, Delivery delivery, PayloadView view) {
        if (schema.version().isEmpty()) {
            return Optional.empty();
        }
        var version = schema.version().startsWith("header:")
                ? delivery.header(schema.version().substring("header:".length()))
                : view.fields().at(JsonPointer.compile(schema.version())).glance();
        return version.filter(found -> !schema.versions().contains(found))
                .map(found ->
                        new Finding(Kind.UNKNOWN_API_VERSION, found.matches("[A-Za-z0-9_.-]{1,60}") ? found : "?"));
    }

    private static void differing(
            KnownSchema schema, Map<String, Set<FieldType>> known, FieldTypes found, List<Finding> findings) {
        found.fields().forEach((field, types) -> {
            var expected = new HashSet<>(known.getOrDefault(field, Set.of()));
            expected.addAll(schema.optional().getOrDefault(field, Set.of()));
            if (expected.isEmpty()) {
                // only the topmost new field is a finding, not the fields below it; a list without elements in all
                // samples tells nothing of them
                if (!schema.free().contains(field)
                        && !field.endsWith(ELEMENT)
                        && (known.containsKey(parent(field)) || parent(field).isEmpty())) {
                    findings.add(new Finding(Kind.NEW_FIELD, field));
                }
            } else if (!agree(expected, types)) {
                findings.add(new Finding(Kind.TYPE_CHANGED, field));
            }
        });
    }

    /**
     * Reports the mandatory fields that are missing. Some gateways send event types with few common fields, so only the fields
     * in the schema of the event type are checked.
     */
    private static void missing(Set<String> known, Set<String> always, FieldTypes found, List<Finding> findings) {
        for (var field : always) {
            var types = found.fields().get(field);
            if (known.contains(field) && (types == null || types.equals(Set.of(FieldType.ANY)))) {
                findings.add(new Finding(Kind.MISSING_FIELD, field));
            }
        }
    }

    private static boolean agree(Set<FieldType> expected, Set<FieldType> found) {
        return expected.contains(FieldType.ANY)
                || found.stream().allMatch(type -> type == FieldType.ANY || expected.contains(type));
    }

    private static String parent(String field) {
        return field.substring(0, field.lastIndexOf('/'));
    }
}
