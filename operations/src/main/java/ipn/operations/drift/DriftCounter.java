package ipn.operations.drift;

import ipn.drift.Finding;
import ipn.operations.drift.DriftReport.Row;
import ipn.operations.topic.Position;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Counts findings by kind. Findings of further kinds beyond a limit are only counted, so that memory stays bounded. */
final class DriftCounter {
    private static final Comparator<Row> ORDER = Comparator.comparing(Row::gateway)
            .thenComparing(Row::type)
            .thenComparing(Row::kind)
            .thenComparing(Row::field);

    private record Key(String gateway, String type, Finding finding) {}

    private final int distinctMax;
    private final Map<Key, Row> rows = new HashMap<>();
    private long beyond;

    DriftCounter(int distinctMax) {
        this.distinctMax = distinctMax;
    }

    void add(String gateway, String type, Finding finding, Instant storedAt, Position at) {
        var key = new Key(gateway, type, finding);
        if (!rows.containsKey(key) && rows.size() >= distinctMax) {
            beyond++;
            return;
        }
        rows.merge(
                key,
                new Row(gateway, type, finding.kind(), finding.field(), 1, storedAt, storedAt, at),
                DriftCounter::merge);
    }

    private static Row merge(Row row, Row one) {
        var newest = one.lastSeen().isBefore(row.lastSeen()) ? row : one;
        return new Row(
                row.gateway(),
                row.type(),
                row.kind(),
                row.field(),
                row.count() + one.count(),
                one.firstSeen().isBefore(row.firstSeen()) ? one.firstSeen() : row.firstSeen(),
                newest.lastSeen(),
                newest.example());
    }

    List<Row> rows() {
        return rows.values().stream().sorted(ORDER).toList();
    }

    long beyond() {
        return beyond;
    }
}
