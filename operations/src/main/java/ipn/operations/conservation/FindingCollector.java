package ipn.operations.conservation;

import ipn.operations.conservation.ConservationReport.Finding;
import ipn.operations.conservation.ConservationReport.Kind;
import ipn.operations.topic.Position;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Counts all findings by kind and keeps the first ones. */
final class FindingCollector {
    private static final int KEPT_MAX = 100;

    private final List<Finding> kept = new ArrayList<>();
    private final Map<Kind, Long> counts = new EnumMap<>(Kind.class);

    void add(Kind kind, Position at) {
        counts.merge(kind, 1L, Long::sum);
        keep(new Finding(kind, at));
    }

    void addAll(Findings others) {
        others.counts().forEach((kind, count) -> counts.merge(kind, count, Long::sum));
        others.first().forEach(this::keep);
    }

    private void keep(Finding finding) {
        if (kept.size() < KEPT_MAX) {
            kept.add(finding);
        }
    }

    List<Finding> kept() {
        return kept;
    }

    long count() {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    /** As they are now. */
    Findings findings() {
        return new Findings(counts, kept);
    }
}
