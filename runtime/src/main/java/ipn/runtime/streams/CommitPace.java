package ipn.runtime.streams;

import java.time.Duration;

/**
 * How long a stream thread processes before it commits again: a multiple of what its commits take. So commits take at most a fixed share of
 * the time of the thread, also on a busy machine or with a distant broker, and a record that arrives alone does not wait.
 */
final class CommitPace {
    /** The thread may commit when it has worked for this multiple of a commit. */
    private static final int WORK_PER_COMMIT = 2;

    private static final long PAUSE_MAX = Duration.ofMillis(50).toNanos();

    /** The newest commit counts for one part of so many. */
    private static final int AVERAGED = 4;

    private long cost;
    private long committedAt;

    /** @param now nanoseconds of a monotonic clock */
    CommitPace(long now) {
        committedAt = now - PAUSE_MAX;
    }

    /**
     * A transaction was committed.
     *
     * @param took nanoseconds, with the wait for what was written in it
     * @param now nanoseconds of a monotonic clock
     */
    void committed(long took, long now) {
        cost += (took - cost) / AVERAGED;
        committedAt = now;
    }

    /** The nanoseconds until the thread may commit; 0 or less if it may now. */
    long remaining(long now) {
        return committedAt + Math.min(cost * WORK_PER_COMMIT, PAUSE_MAX) - now;
    }
}
