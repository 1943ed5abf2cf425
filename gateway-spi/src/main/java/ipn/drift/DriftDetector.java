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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;

/**
 * Finds where authentic notifications differ from the known format of their gateway. Gateways change their formats without asking;
 * what can still be read is processed anyway, and operators see the difference in metrics and logs.
 *
 * @param shapes by name of the gateway
 */
public record DriftDetector(Map<String, KnownSchema> shapes) {
    /** A body that is another thing altogether need not be described in full. */
    private static final int FINDINGS_MAX = 20;

    public DriftDetector {
        shapes = Map.copyOf(shapes);
    }

    /** Knows what every gateway on the class path says of itself. */
    public static DriftDetector load() {
        var shapes = new HashMap<String, KnownSchema>();
        for (var gateway : ServiceLoader.load(Gateway.class)) {
            KnownSchema.find(gateway).ifPresent(shape -> shapes.put(gateway.name(), shape));
        }
        return new DriftDetector(shapes);
    }

    /** Holds one item against what is known. Nothing where nothing is known, or where it cannot be read at all. */
    public List<Finding> findings(GatewayAccount account, Delivery delivery, Item item) {
        var shape = shapes.get(account.id().gateway());
        if (shape == null) {
            return List.of();
        }
        if (!shape.knows(item.type()) && account.translate(delivery, item) instanceof Translation.Ignored) {
            return List.of(new Finding(Kind.UNKNOWN_EVENT_TYPE, ""));
        }
        return account.payloadView(delivery, item)
                .map(anatomy -> findings(shape, delivery, item.type(), anatomy))
                .orElse(List.of());
    }

    /** The event type, where it is one known by name: what may become the name of a series. */
    public String knownType(String gateway, String type) {
        var shape = shapes.get(gateway);
        return shape != null && shape.knows(type) ? type : "other";
    }

    private static List<Finding> findings(KnownSchema shape, Delivery delivery, String type, PayloadView anatomy) {
        var findings = new ArrayList<Finding>();
        version(shape, delivery, anatomy).ifPresent(findings::add);
        var sent = delivery.fetchedFrom().isEmpty();
        var event = shape.events().get(KnownSchema.event(type, sent));
        if (event != null) {
            var found = FieldTypes.of(anatomy.fields().node(), shape.free());
            differing(event, found, shape.free(), findings);
            missing(event.keySet(), sent ? shape.always() : shape.alwaysFetched(), found, findings);
        }
        return findings.size() <= FINDINGS_MAX ? findings : List.copyOf(findings.subList(0, FINDINGS_MAX));
    }

    private static Optional<Finding> version(KnownSchema shape, Delivery delivery, PayloadView anatomy) {
        if (shape.version().isEmpty()) {
            return Optional.empty();
        }
        var version = shape.version().startsWith("header:")
                ? delivery.header(shape.version().substring("header:".length()))
                : anatomy.fields().at(JsonPointer.compile(shape.version())).glance();
        return version.filter(found -> !shape.versions().contains(found))
                .map(found ->
                        new Finding(Kind.UNKNOWN_API_VERSION, found.matches("[A-Za-z0-9_.-]{1,60}") ? found : "?"));
    }

    private static void differing(
            Map<String, Set<FieldType>> known, FieldTypes found, Set<String> free, List<Finding> findings) {
        found.fields().forEach((field, types) -> {
            var expected = known.get(field);
            if (expected == null) {
                // below something new everything is new
                if (!free.contains(field)
                        && (known.containsKey(parent(field)) || parent(field).isEmpty())) {
                    findings.add(new Finding(Kind.NEW_FIELD, field));
                }
            } else if (!agree(expected, types)) {
                findings.add(new Finding(Kind.TYPE_CHANGED, field));
            }
        });
    }

    /** Some gateways send families of notifications that have little in common: of each, what it is known to have. */
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
