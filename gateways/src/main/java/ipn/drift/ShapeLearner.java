package ipn.drift;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Learns the fields of event types from samples, and writes them below what people wrote.
 *
 * @param free pointers below which everything is the merchant's own
 */
public final class ShapeLearner {
    /** Fewer samples say little about what is always there. */
    private static final int SAMPLES_MIN = 3;

    private final Set<String> free;
    private final Map<String, Map<String, Set<FieldType>>> events = new TreeMap<>();
    /** What each sample has, of what is sent and of what is fetched. */
    private final Map<Boolean, List<Set<String>>> present = new TreeMap<>();

    private final Map<String, Boolean> sent = new TreeMap<>();

    /** @param free pointers below which everything is the merchant's own */
    public ShapeLearner(Set<String> free) {
        this.free = Set.copyOf(free);
    }

    /**
     * Takes a sample in.
     *
     * @param sent false for a document that was fetched, which is built differently
     */
    public void learn(String type, JsonNode sample, boolean sent) {
        var event = KnownShape.event(type, sent);
        this.sent.put(event, sent);
        var skeleton = Skeleton.of(sample, free);
        var known = events.computeIfAbsent(event, absent -> new TreeMap<>());
        skeleton.fields()
                .forEach((field, types) -> known.computeIfAbsent(field, absent -> EnumSet.noneOf(FieldType.class))
                        .addAll(types));
        present.computeIfAbsent(sent, absent -> new ArrayList<>())
                .add(skeleton.fields().entrySet().stream()
                        .filter(field -> !field.getValue().contains(FieldType.ANY))
                        .map(Map.Entry::getKey)
                        .collect(Collectors.toSet()));
    }

    /** The lines of a shape that are learnt. */
    public List<String> lines() {
        var lines = new ArrayList<String>();
        events.forEach((type, fields) -> {
            lines.add("event " + type);
            var always = common(present.getOrDefault(sent.get(type), List.of()));
            fields.forEach((field, types) -> lines.add(KnownShape.INDENT + field + " "
                    + types.stream().map(FieldType::word).collect(Collectors.joining("|"))
                    + (always.contains(field) ? "!" : "")));
        });
        return lines;
    }

    private static Set<String> common(List<Set<String>> samples) {
        if (samples.size() < SAMPLES_MIN) {
            return Set.of();
        }
        var common = new TreeSet<>(samples.get(0));
        samples.forEach(common::retainAll);
        return common;
    }
}
