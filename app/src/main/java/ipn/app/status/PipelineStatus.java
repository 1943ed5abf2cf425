package ipn.app.status;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * The state of a pipeline.
 *
 * @param at when it was read
 * @param deadLetters emitted since the start of the projector, by reason; decided or not
 * @param openKnown whether it is known which dead letters are open: only the stage query knows
 * @param drift notifications in a form that is new since the start of the processor, by gateway and event type
 * @param discrepancies opened since then and not closed, by kind; those that were open before are not in it
 * @param withheld revocations that the brake withholds
 * @param problems what is wrong; empty: all is well
 */
public record PipelineStatus(
        Instant at,
        List<StageState> stages,
        List<AccountState> accounts,
        Map<String, Long> deadLetters,
        boolean openKnown,
        Map<String, Long> drift,
        Map<String, Long> discrepancies,
        long withheld,
        List<Problem> problems) {
    public PipelineStatus {
        stages = List.copyOf(stages);
        accounts = List.copyOf(accounts);
        problems = List.copyOf(problems);
    }

    /** Nothing is wrong. */
    public boolean isWell() {
        return problems.isEmpty();
    }
}
