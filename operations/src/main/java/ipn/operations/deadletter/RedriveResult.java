package ipn.operations.deadletter;

import java.util.List;
import java.util.Optional;

/**
 * What a redrive or discard did.
 *
 * @param replayId found in {@code ipn.replay-id} of every record replayed; empty for a discard
 * @param dryRun true: nothing was written, and {@code done} is what would have been done
 * @param done number of dead letters replayed or discarded
 * @param examples ids of some of them
 * @param refused some of those that were meant and not done
 * @param refusedCount how many those are in all
 * @param stopped why it ended before its end; what it had done by then stands, and running it again does the rest
 */
public record RedriveResult(
        String replayId,
        boolean dryRun,
        long done,
        List<String> examples,
        List<Refused> refused,
        long refusedCount,
        Optional<String> stopped) {
    public RedriveResult {
        examples = List.copyOf(examples);
        refused = List.copyOf(refused);
    }

    /** A dead letter left as it is. */
    public record Refused(String id, String why) {}

    /** Whether everything that was asked for was done. */
    public boolean complete() {
        return refusedCount == 0 && stopped.isEmpty();
    }
}
