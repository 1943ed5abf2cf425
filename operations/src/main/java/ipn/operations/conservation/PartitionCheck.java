package ipn.operations.conservation;

import ipn.operations.conservation.ConservationReport.Kind;
import ipn.operations.conservation.ConservationReport.Row;
import ipn.operations.topic.Position;
import java.util.Map;
import java.util.TreeMap;

/** Checks the raw records of one partition. Outcomes must be entered before raw records. */
final class PartitionCheck {
    private final String topic;
    private final int partition;
    private final FindingCollector findings;

    private final OffsetSet records = new OffsetSet();
    private final OffsetSet decided = new OffsetSet();
    private final OffsetSet lettersDue = new OffsetSet();
    private final OffsetSet lettersWaiting = new OffsetSet();
    private final OffsetSet letters = new OffsetSet();
    private final PairChecksum pairs = new PairChecksum();
    private final Map<String, Long> outcomes = new TreeMap<>();
    private long waiting;
    private long expired;
    private long lettersNotYet;

    /**
     * What retention has kept, and how far the processor is.
     *
     * @param firstRecord first offset of the raw partition
     * @param outcomesWhole whether all outcomes exist; if not, the check begins at the first record with an outcome
     * @param lettersWhole the same for dead letters
     * @param committed the processor has decided all records below this offset
     */
    record Bounds(long firstRecord, boolean outcomesWhole, boolean lettersWhole, long committed) {}

    PartitionCheck(String topic, int partition, FindingCollector findings) {
        this.topic = topic;
        this.partition = partition;
        this.findings = findings;
    }

    void outcome(long source, String kind, PairChecksum.Keys keys) {
        outcomes.merge(kind, 1L, Long::sum);
        if (decided.add(source)) {
            pairs.outcome(source, keys);
        } else {
            find(Kind.DOUBLE_OUTCOME, source);
        }
    }

    /** @param due whether the projector has processed the outcome, so that the dead letter must exist */
    void unprocessable(long source, boolean due) {
        var unused = (due ? lettersDue : lettersWaiting).add(source);
    }

    void record(long offset, PairChecksum.Keys keys) {
        if (records.add(offset) && decided.contains(offset)) {
            pairs.record(offset, keys);
        }
    }

    void deadLetter(long source) {
        if (!letters.add(source)) {
            find(Kind.DOUBLE_DEAD_LETTER, source);
        }
    }

    Row check(Bounds bounds) {
        checkRecords(bounds);
        checkLetters(bounds);
        return new Row(partition, records.size(), waiting, expired, outcomes, letters.size(), lettersNotYet);
    }

    private void checkRecords(Bounds bounds) {
        var firstDecided = firstDecided(bounds);
        records.forEachNotIn(decided, offset -> {
            if (offset >= bounds.committed()) {
                waiting++;
            } else if (offset < firstDecided) {
                expired++;
            } else {
                find(Kind.MISSING_OUTCOME, offset);
            }
        });
        decided.forEachNotIn(records, offset -> {
            pairs.oneSided(offset);
            findFrom(bounds.firstRecord(), Kind.OUTCOME_WITHOUT_RECORD, offset);
        });
        pairs.forEachDifference(offset -> find(Kind.OUTCOME_OF_ANOTHER, offset));
    }

    private void checkLetters(Bounds bounds) {
        var firstLetter = bounds.lettersWhole() ? 0 : letters.first();
        lettersDue.forEachNotIn(letters, offset -> findFrom(firstLetter, Kind.MISSING_DEAD_LETTER, offset));
        lettersWaiting.forEachNotIn(letters, offset -> lettersNotYet++);
        var firstChecked = Math.max(firstDecided(bounds), bounds.firstRecord());
        letters.forEachNotIn(lettersDue, offset -> {
            if (!lettersWaiting.contains(offset)) {
                findFrom(firstChecked, Kind.DEAD_LETTER_WITHOUT_OUTCOME, offset);
            }
        });
    }

    private long firstDecided(Bounds bounds) {
        return bounds.outcomesWhole() ? 0 : decided.first();
    }

    private void findFrom(long first, Kind kind, long offset) {
        if (offset >= first) {
            find(kind, offset);
        }
    }

    private void find(Kind kind, long offset) {
        findings.add(kind, new Position(topic, partition, offset));
    }
}
