package ipn.operations.conservation;

import ipn.operations.topic.Position;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Whether every raw record has exactly one outcome.
 *
 * @param rows one per partition of the raw topic
 * @param findings the first findings
 * @param findingsCount number of all findings
 * @param deferred records that wait to become raw records
 */
public record ConservationReport(List<Row> rows, List<Finding> findings, long findingsCount, long deferred) {
    public ConservationReport {
        rows = List.copyOf(rows);
        findings = List.copyOf(findings);
    }

    /** Kinds of findings. */
    public enum Kind {
        // spotless:off
        MISSING_OUTCOME             ("a raw record below the committed offset has no outcome"),
        DOUBLE_OUTCOME              ("a raw record has a second outcome"),
        OUTCOME_WITHOUT_RECORD      ("an outcome names a raw record that does not exist"),
        OUTCOME_OF_ANOTHER          ("outcomes name another payment or event than their raw records have; within 256 offsets from this one"),
        MISSING_DEAD_LETTER         ("a raw record is unprocessable, the projector has processed its outcome, and there is no dead letter"),
        DOUBLE_DEAD_LETTER          ("a raw record has a second dead letter"),
        DEAD_LETTER_WITHOUT_OUTCOME ("a dead letter names a raw record that has no unprocessable outcome"),
        UNREADABLE                  ("a record cannot be read, so its content is unknown");
        // spotless:on

        private final String meaning;

        Kind(String meaning) {
            this.meaning = meaning;
        }

        /** One line for people. */
        public String meaning() {
            return meaning;
        }
    }

    /** @param at position of the raw record; for UNREADABLE of the record that cannot be read */
    public record Finding(Kind kind, Position at) {}

    /**
     * One partition of the raw topic.
     *
     * @param records raw records, without transaction markers
     * @param waiting those of them that are not decided yet, at or above the committed offset
     * @param expired those of them whose outcomes retention may have deleted, so that they cannot be checked
     * @param outcomes counts by kind, including outcomes of deleted raw records
     * @param deadLetters dead letters that name a record of this partition
     * @param lettersWaiting unprocessable records whose outcome the projector has not processed yet
     */
    public record Row(
            int partition,
            long records,
            long waiting,
            long expired,
            Map<String, Long> outcomes,
            long deadLetters,
            long lettersWaiting) {
        public Row {
            outcomes = Map.copyOf(outcomes);
        }

        public long decided() {
            return outcomes.values().stream().mapToLong(Long::longValue).sum();
        }
    }

    /** Whether there are no findings. Waiting records are none. */
    public boolean balanced() {
        return findingsCount == 0;
    }

    /** Raw records that are not decided yet. */
    public long waiting() {
        return rows.stream().mapToLong(Row::waiting).sum();
    }

    /** Whether nothing is to be decided: no raw record, and no record that waits to become one. */
    public boolean allDecided() {
        return waiting() == 0 && deferred == 0;
    }

    public long records() {
        return rows.stream().mapToLong(Row::records).sum();
    }

    public long deadLetters() {
        return rows.stream().mapToLong(Row::deadLetters).sum();
    }

    /** Counts of outcomes of all partitions by kind, sorted. */
    public Map<String, Long> outcomes() {
        var all = new TreeMap<String, Long>();
        rows.forEach(row -> row.outcomes().forEach((kind, count) -> all.merge(kind, count, Long::sum)));
        return all;
    }
}
