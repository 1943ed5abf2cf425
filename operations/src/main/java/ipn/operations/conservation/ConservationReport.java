package ipn.operations.conservation;

import ipn.operations.topic.Position;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Whether every raw record has become exactly one thing.
 *
 * @param rows one per partition of the raw topic
 * @param findings what is missing, double or wrong: some of it
 * @param findingsCount all of it
 */
public record ConservationReport(List<Row> rows, List<Finding> findings, long findingsCount) {
    public ConservationReport {
        rows = List.copyOf(rows);
        findings = List.copyOf(findings);
    }

    /** What can be wrong. */
    public enum Kind {
        // spotless:off
        MISSING_OUTCOME             ("a raw record below the committed offset has no outcome"),
        DOUBLE_OUTCOME              ("a raw record has a second outcome"),
        OUTCOME_WITHOUT_RECORD      ("an outcome names a raw record that is not there"),
        OUTCOME_OF_ANOTHER          ("outcomes tell another payment or event than the raw records they name; somewhere from this offset on"),
        MISSING_DEAD_LETTER         ("a raw record is unprocessable, its outcome was passed on, and there is no dead letter"),
        DOUBLE_DEAD_LETTER          ("a raw record has a second dead letter"),
        DEAD_LETTER_WITHOUT_OUTCOME ("a dead letter names a raw record that has no unprocessable outcome"),
        UNREADABLE                  ("a record cannot be read, so nobody knows what it says");
        // spotless:on

        private final String meaning;

        Kind(String meaning) {
            this.meaning = meaning;
        }

        /** For people. */
        public String meaning() {
            return meaning;
        }
    }

    /** @param at the raw record concerned; for UNREADABLE the record itself */
    public record Finding(Kind kind, Position at) {}

    /**
     * One partition of the raw topic.
     *
     * @param records raw records there are, without transaction markers
     * @param waiting of these, not decided yet: they lie above the committed offset
     * @param expired of these, not to be judged, because retention took the outcomes of their time
     * @param outcomes counted by kind; of records that retention took as well
     * @param deadLetters dead letters that name a record of this partition
     * @param lettersWaiting unprocessable ones whose dead letter is not due yet
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

    /** Nothing is missing, nothing is double. What waits is not a loss. */
    public boolean balanced() {
        return findingsCount == 0;
    }

    /** Raw records not yet decided. */
    public long waiting() {
        return rows.stream().mapToLong(Row::waiting).sum();
    }

    public long records() {
        return rows.stream().mapToLong(Row::records).sum();
    }

    public long deadLetters() {
        return rows.stream().mapToLong(Row::deadLetters).sum();
    }

    /** Outcomes of all partitions by kind, sorted. */
    public Map<String, Long> outcomes() {
        var all = new TreeMap<String, Long>();
        rows.forEach(row -> row.outcomes().forEach((kind, count) -> all.merge(kind, count, Long::sum)));
        return all;
    }
}
