package ipn.gateway.content;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Which parts of a JSON body are wanted.
 *
 * @param names what is wanted of an object; empty: all of it
 */
public record JsonShape(Map<String, JsonShape> names) {
    /** Everything. */
    public static final JsonShape WHOLE = new JsonShape(Map.of());

    public JsonShape {
        names = Map.copyOf(names);
    }

    /** The values at these JSON pointers, whole. */
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

    /** The shape wanted of a member; empty where the member is not wanted. */
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
