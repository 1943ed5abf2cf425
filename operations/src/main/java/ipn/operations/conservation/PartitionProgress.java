package ipn.operations.conservation;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How far the raw records of one partition are checked.
 *
 * @param raw next offset
 * @param outputs where the outcomes and dead letters of the next records begin
 * @param checkedTo all records that were stored before are checked, or were skipped
 * @param heldUpAt when a step last had to wait for a stage, or failed; empty: never since the last skip
 * @param hasNext whether it is known that there is a record at {@code raw} or above
 * @param reported what was already reported about the records from {@code raw} on
 */
record PartitionProgress(
        long raw,
        OutputPositions outputs,
        Instant checkedTo,
        Optional<Instant> heldUpAt,
        boolean hasNext,
        Findings reported) {

    /** From an offset on, with everything before left out. */
    static PartitionProgress from(long raw, Instant checkedTo) {
        return new PartitionProgress(raw, OutputPositions.UNKNOWN, checkedTo, Optional.empty(), false, Findings.NONE);
    }

    /** Retention has deleted what is before an offset. */
    PartitionProgress deletedBefore(long first) {
        return new PartitionProgress(first, OutputPositions.UNKNOWN, checkedTo, heldUpAt, false, Findings.NONE);
    }

    /** All records below an offset are checked. */
    PartitionProgress checked(long next, OutputPositions nextOutputs, Instant newest) {
        return new PartitionProgress(next, nextOutputs, newest, heldUpAt, false, Findings.NONE);
    }

    /** There is no record below an offset that was stored before a time. */
    PartitionProgress idle(long next, Instant time) {
        return new PartitionProgress(next, outputs, time, heldUpAt, false, reported);
    }

    /** There is another record. */
    PartitionProgress withNext() {
        return new PartitionProgress(raw, outputs, checkedTo, heldUpAt, true, reported);
    }

    /** Nothing could be checked. */
    PartitionProgress heldUp(Instant now) {
        return new PartitionProgress(raw, outputs, checkedTo, Optional.of(now), hasNext, reported);
    }

    /** Some findings were reported before the window is done. */
    PartitionProgress reported(Findings findings) {
        return new PartitionProgress(raw, outputs, checkedTo, heldUpAt, hasNext, findings);
    }

    /** Whether it could not go on, and then had less than a time to catch up. */
    boolean isHeldUp(Instant now, Duration catchUp) {
        return heldUpAt.filter(at -> at.plus(catchUp).isAfter(now)).isPresent();
    }
}
