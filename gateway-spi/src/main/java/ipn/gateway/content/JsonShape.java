package ipn.gateway.content;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Selects the parts of a JSON body to read.
 *
 * @param names the selected members of an object; if empty, all members
 */
public record JsonShape(Map<String, JsonShape> names) {
    /** Selects the whole body. */
    public static final JsonShape WHOLE = new JsonShape(Map.of());

    public JsonShape {
        // not Map.copyOf: a HashMap finds out faster that a name is absent, as most names of a body are
        names = Collections.unmodifiableMap(new HashMap<>(names));
    }

    /** Selects the complete values at these JSON pointers. */
    public static JsonShape of(Iterable<String> pointers) {
        var shape = new Growing(new HashMap<>());
        for (var pointer : pointers) {
            var at = shape;
            for (var name : pointer.substring(1).split("/", -1)) {
                at = at.inside.computeIfAbsent(
                        name.replace("~1", "/").replace("~0", "~"), key -> new Growing(new HashMap<>()));
            }
        }
        return shape.grown();
    }

    /** The selection within a member; empty if the member is not selected. */
    Optional<JsonShape> inside(String name) {
        return names.isEmpty() ? Optional.of(WHOLE) : Optional.ofNullable(names.get(name));
    }

    private record Growing(Map<String, Growing> inside) {
        JsonShape grown() {
            var names = new HashMap<String, JsonShape>();
            inside.forEach((name, shape) -> names.put(name, shape.grown()));
            return new JsonShape(names);
        }
    }
}
