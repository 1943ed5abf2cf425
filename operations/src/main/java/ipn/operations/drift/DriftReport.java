package ipn.operations.drift;

import ipn.drift.Finding;
import ipn.operations.topic.Position;
import java.time.Instant;
import java.util.List;

/**
 * Differences between stored notifications and the known formats of their gateways.
 *
 * @param rows differences by gateway and event type
 * @param records number of notifications that were checked
 * @param unconfigured number of notifications that were not checked, because their accounts are not in the settings
 * @param unreadable number of notifications that could not be checked, because the adapter failed
 * @param beyond number of findings of further kinds, beyond the limit of kinds
 */
public record DriftReport(List<Row> rows, long records, long unconfigured, long unreadable, long beyond) {
    /**
     * One difference.
     *
     * @param type the gateway's name for the event; {@code ?} for one with unusual characters
     * @param field JSON pointer or version, see {@link Finding}
     * @param firstSeen when the broker stored the first record with the difference
     * @param example position of the last such record
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

    /** Whether no difference was found. Notifications that could not be checked do not count. */
    public boolean none() {
        return rows.isEmpty() && beyond == 0;
    }
}
