package ipn.operations.deadletter;

import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of the replayed records.
 *
 * @param letters some of the replayed dead letters, those that failed again first
 */
public record ReplayReport(long processed, long failedAgain, long notProcessedYet, List<Result> letters) {
    private static final int LETTERS_MAX = 100;

    public ReplayReport {
        letters = List.copyOf(letters);
    }

    /** What became of one replayed record. */
    public enum State {
        FAILED_AGAIN,
        NOT_PROCESSED_YET,
        PROCESSED
    }

    /**
     * One replayed dead letter.
     *
     * @param code the new reason if it failed again; the kind of its outcome if it was processed and has one
     */
    public record Result(String id, State state, @Nullable String code) {}

    static ReplayReport of(List<Result> results) {
        return new ReplayReport(
                count(results, State.PROCESSED),
                count(results, State.FAILED_AGAIN),
                count(results, State.NOT_PROCESSED_YET),
                results.stream()
                        .sorted(Comparator.comparing(Result::state).thenComparing(Result::id))
                        .limit(LETTERS_MAX)
                        .toList());
    }

    private static long count(List<Result> results, State state) {
        return results.stream().filter(result -> result.state() == state).count();
    }

    /** Whether every replayed record was processed. */
    public boolean allProcessed() {
        return failedAgain == 0 && notProcessedYet == 0;
    }
}
