package ipn.operations.conservation;

import java.time.Instant;
import java.util.Optional;

/**
 * What the check of a window has found.
 *
 * @param records raw records of the window
 * @param waits whether dead letters are missing that the projector has not come to yet
 * @param next where outcomes and dead letters of the next window begin
 * @param newest when the newest of the raw records was stored; empty: there is none
 */
record WindowResult(long records, boolean waits, Findings findings, OutputPositions next, Optional<Instant> newest) {
    /** Of a window that has offsets and no record. */
    static WindowResult empty(OutputPositions next) {
        return new WindowResult(0, false, Findings.NONE, next, Optional.empty());
    }

    /** With more findings. */
    WindowResult and(Findings more) {
        var all = new FindingCollector();
        all.addAll(more);
        all.addAll(findings);
        return new WindowResult(records, waits, all.findings(), next, newest);
    }
}
