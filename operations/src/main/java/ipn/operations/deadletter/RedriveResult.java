package ipn.operations.deadletter;

import java.util.List;
import java.util.Optional;

/**
 * What a redrive or discard did.
 *
 * @param replayId value of header {@code ipn.replay-id} of every replayed record; empty for a discard
 * @param dryRun whether nothing was written; {@code done} is then what a run would do
 * @param done number of dead letters replayed, discarded or opened again
 * @param parked number of dead letters that were not replayed, because they had failed too often
 * @param examples some of their ids
 * @param refused some of the dead letters that could not be replayed or discarded
 * @param refusedCount number of all of them
 * @param stopped why it ended early; what it did until then is committed, and a further run does the rest
 * @param report what became of the replayed records; empty unless the caller waited for it
 */
public record RedriveResult(
        String replayId,
        boolean dryRun,
        long done,
        long parked,
        List<String> examples,
        List<Refused> refused,
        long refusedCount,
        Optional<String> stopped,
        Optional<ReplayReport> report) {
    public RedriveResult {
        examples = List.copyOf(examples);
        refused = List.copyOf(refused);
    }

    /** A dead letter that was not changed, and why. */
    public record Refused(String id, String why) {}

    RedriveResult with(ReplayReport known) {
        return new RedriveResult(
                replayId, dryRun, done, parked, examples, refused, refusedCount, stopped, Optional.of(known));
    }

    /** Whether everything was done, and processed if the caller waited for it. */
    public boolean complete() {
        return refusedCount == 0
                && parked == 0
                && stopped.isEmpty()
                && report.map(ReplayReport::allProcessed).orElse(true);
    }
}
