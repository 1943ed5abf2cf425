package ipn.drift;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Derives the fields of event types from samples. */
public final class SchemaLearner {
    private final Set<String> free;
    private final Map<String, Map<String, Set<FieldType>>> events = new TreeMap<>();

    /** @param free pointers to fields whose content the merchant defines */
    public SchemaLearner(Set<String> free) {
        this.free = Set.copyOf(free);
    }

    /**
     * Adds the fields of a sample.
     *
     * @param sent false for a fetched document, whose format differs
     */
    public void learn(String type, JsonNode sample, boolean sent) {
        var known = events.computeIfAbsent(KnownSchema.event(type, sent), absent -> new TreeMap<>());
        FieldTypes.of(sample, free)
                .fields()
                .forEach((field, types) -> known.computeIfAbsent(field, absent -> EnumSet.noneOf(FieldType.class))
                        .addAll(types));
    }

    /** The generated lines of a schema file. */
    public List<String> lines() {
        var lines = new ArrayList<String>();
        events.forEach((type, fields) -> {
            lines.add("event " + type);
            fields.forEach((field, types) -> lines.add(KnownSchema.INDENT + field + " "
                    + types.stream().map(FieldType::word).collect(Collectors.joining("|"))));
        });
        return lines;
    }
}
