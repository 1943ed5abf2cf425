package ipn.operations.conservation;

import ipn.operations.conservation.ConservationReport.Finding;
import ipn.operations.conservation.ConservationReport.Kind;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What a check has found.
 *
 * @param counts of all findings, by kind; a kind that was not found is missing
 * @param first the first of them
 */
public record Findings(Map<Kind, Long> counts, List<Finding> first) {
    static final Findings NONE = new Findings(Map.of(), List.of());

    public Findings {
        counts = Map.copyOf(counts);
        first = List.copyOf(first);
    }

    /** Whether nothing was found. */
    public boolean isEmpty() {
        return counts.isEmpty();
    }

    /** How many of a kind were found. */
    public long of(Kind kind) {
        return counts.getOrDefault(kind, 0L);
    }

    /** All others. */
    Findings without(Kind kind) {
        var others = new EnumMap<Kind, Long>(Kind.class);
        others.putAll(counts);
        others.remove(kind);
        return new Findings(
                others, first.stream().filter(finding -> finding.kind() != kind).toList());
    }

    /** What was not found before. */
    Findings since(Findings before) {
        var more = new EnumMap<Kind, Long>(Kind.class);
        counts.forEach((kind, count) -> {
            if (count > before.of(kind)) {
                more.put(kind, count - before.of(kind));
            }
        });
        return new Findings(
                more,
                first.stream()
                        .filter(finding -> more.containsKey(finding.kind())
                                && !before.first().contains(finding))
                        .toList());
    }
}
