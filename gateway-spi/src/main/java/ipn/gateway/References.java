package ipn.gateway;

import ipn.fact.Fact;
import ipn.fact.Fact.ReferenceName;
import ipn.gateway.content.JsonField;
import ipn.gateway.content.RefusedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Finds the merchant's references in the gateway's metadata.
 *
 * @param names metadata key of each reference
 */
public record References(Map<ReferenceName, String> names) {
    /** Limit for orders and subjects, which become record keys. */
    private static final int KEY_LENGTH_MAX = 255;

    private static final int LENGTH_MAX = 500;

    public References {
        names = Map.copyOf(names);
    }

    /**
     * Searches the places in order; for each name, the first place that has it counts.
     *
     * @throws RefusedException INVALID_ID if one is empty, too long or has control characters
     */
    public List<Fact> in(List<JsonField> places) {
        var found = new ArrayList<Fact>();
        for (var name : ReferenceName.values()) {
            var key = names.get(name);
            if (key != null) {
                places.stream()
                        .map(place -> place.at(key))
                        .filter(JsonField::isPresent)
                        .findFirst()
                        .ifPresent(field -> found.add(reference(name, field)));
            }
        }
        return found;
    }

    /**
     * A reference of the merchant in a known place.
     *
     * @throws RefusedException MISSING_FIELD, or INVALID_ID if it is empty, too long or has control characters
     */
    public static Fact reference(ReferenceName name, JsonField field) {
        var becomesKey = name == ReferenceName.ORDER || name == ReferenceName.SUBJECT;
        var word = field.required().word(becomesKey ? KEY_LENGTH_MAX : LENGTH_MAX);
        return new Fact.Reference(name, word.orElseThrow());
    }
}
