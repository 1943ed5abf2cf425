package ipn.gateway;

import ipn.fact.Fact;
import ipn.fact.Fact.ReferenceName;
import ipn.gateway.content.JsonField;
import ipn.gateway.content.RefusedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Finds the merchant's own words in what a gateway calls metadata.
 *
 * @param names under which name the merchant keeps which of them
 */
public record References(Map<ReferenceName, String> names) {
    /** Orders and subjects become record keys. */
    private static final int KEY_LENGTH_MAX = 255;

    private static final int LENGTH_MAX = 500;

    public References {
        names = Map.copyOf(names);
    }

    /**
     * Looks in each place in turn; the first that has a name counts.
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
     * One of the merchant's words that stands in a known place.
     *
     * @throws RefusedException MISSING_FIELD, or INVALID_ID if it is empty, too long or has control characters
     */
    public static Fact reference(ReferenceName name, JsonField field) {
        var becomesKey = name == ReferenceName.ORDER || name == ReferenceName.SUBJECT;
        var word = field.required().word(becomesKey ? KEY_LENGTH_MAX : LENGTH_MAX);
        return new Fact.Reference(name, word.orElseThrow());
    }
}
