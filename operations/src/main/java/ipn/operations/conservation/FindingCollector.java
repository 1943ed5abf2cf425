package ipn.operations.conservation;

import ipn.operations.conservation.ConservationReport.Finding;
import ipn.operations.conservation.ConservationReport.Kind;
import ipn.operations.topic.Position;
import java.util.ArrayList;
import java.util.List;

/** Counts all findings and keeps the first ones. */
final class FindingCollector {
    private static final int KEPT_MAX = 100;

    private final List<Finding> kept = new ArrayList<>();
    private long count;

    void add(Kind kind, Position at) {
        count++;
        if (kept.size() < KEPT_MAX) {
            kept.add(new Finding(kind, at));
        }
    }

    List<Finding> kept() {
        return kept;
    }

    long count() {
        return count;
    }
}
