package ipn.operations.drift;

import ipn.drift.Finding;
import ipn.operations.topic.Position;
import java.time.Instant;
import java.util.List;

/**
 * Where stored notifications leave what is known of their gateways.
 *
 * @param rows what was found, by gateway and event type
 * @param records how many were held against what is known
 * @param unconfigured how many belong to accounts that are not in these settings, and were not looked at
 * @param unreadable how many could not be looked at, because their adapter failed
 * @param beyond how many findings were of further kinds, when there were already too many to tell apart
 */
public record DriftReport(List<Row> rows, long records, long unconfigured, long unreadable, long beyond) {
    /**
     * One difference.
     *
     * @param type the gateway's name for the event; {@code ?} for an odd one
     * @param field JSON pointer or version, see {@link Finding}
     * @param firstSeen when the broker stored the first record that has it
     * @param example where the last such record stands
     */
    public record Row(
            String gateway,
            String type,
            Finding.Kind kind,
            String field,
            long count,
            Instant firstSeen,
            Instant lastSeen,
            Position example) {}

    public DriftReport {
        rows = List.copyOf(rows);
    }

    /** True where everything is as it is known. What could not be looked at is no drift. */
    public boolean none() {
        return rows.isEmpty() && beyond == 0;
    }
}
