package ipn.drift;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Learns the fields of event types from samples, and writes them below what people wrote. */
public final class SchemaLearner {
    private final Set<String> free;
    private final Map<String, Map<String, Set<FieldType>>> events = new TreeMap<>();

    /** @param free pointers below which everything is the merchant's own */
    public SchemaLearner(Set<String> free) {
        this.free = Set.copyOf(free);
    }

    /**
     * Takes a sample in.
     *
     * @param sent false for a document that was fetched, which is built differently
     */
    public void learn(String type, JsonNode sample, boolean sent) {
        var known = events.computeIfAbsent(KnownSchema.event(type, sent), absent -> new TreeMap<>());
        FieldTypes.of(sample, free)
                .fields()
                .forEach((field, types) -> known.computeIfAbsent(field, absent -> EnumSet.noneOf(FieldType.class))
                        .addAll(types));
    }

    /** The lines of a shape that are learnt. */
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
