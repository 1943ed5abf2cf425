package ipn.runtime.streams;

import java.time.Duration;

/**
 * Decides when a stage has stalled, and when its Kafka clients are replaced: after the bound, and then less and less often, because what two
 * replacements have not cured, more of them will not cure either. Used by one thread.
 */
final class StallRule {
    private static final Duration WAIT_MAX = Duration.ofMinutes(10);

    /** What to do. */
    enum Verdict {
        MOVES,
        STALLED,
        REPLACE
    }

    private final Duration bound;
    private Duration wait;
    private boolean stalled;
    private long replacedAt;

    /**
     * Begins.
     *
     * @param bound a stage with work has stalled after so long without progress
     * @param now nanoseconds of a monotonic clock, as below
     */
    StallRule(Duration bound, long now) {
        this.bound = bound;
        this.wait = bound;
        this.replacedAt = now;
    }

    /**
     * Judges the stage.
     *
     * @param without nanoseconds that it has had work and made no progress
     * @param moved true if it made progress or had nothing to do, since it was started or its clients were replaced
     */
    Verdict judge(long without, boolean moved, long now) {
        if (without < bound.toNanos()) {
            stalled = stalled && !moved;
            if (moved && now - replacedAt > 2 * wait.toNanos()) {
                wait = bound;
            }
            return stalled ? Verdict.STALLED : Verdict.MOVES;
        }
        stalled = true;
        if (without < wait.toNanos()) {
            return Verdict.STALLED;
        }
        replacedAt = now;
        var twice = wait.multipliedBy(2);
        wait = twice.compareTo(WAIT_MAX) < 0 ? twice : WAIT_MAX;
        return Verdict.REPLACE;
    }
}
