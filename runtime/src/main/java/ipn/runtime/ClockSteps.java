package ipn.runtime;

import java.time.Duration;

/**
 * Notices when the wall clock is set back. Kafka's clients measure their deadlines by the wall clock: heartbeats, retries and connections then wait
 * until the clock is where it was. Used by one thread.
 */
public final class ClockSteps {
    /** A smaller step is over before the broker takes notice: sessions of stages last for 10 s. */
    private static final Duration IGNORED = Duration.ofSeconds(3);

    private Duration ahead;

    /**
     * Begins to compare.
     *
     * @param wallMillis milliseconds of the wall clock
     * @param monotonicNanos nanoseconds of a clock that nobody sets
     */
    public ClockSteps(long wallMillis, long monotonicNanos) {
        ahead = ahead(wallMillis, monotonicNanos);
    }

    /** Begins to compare now. */
    public static ClockSteps fromNow() {
        return new ClockSteps(System.currentTimeMillis(), System.nanoTime());
    }

    /** As {@link #setBack(long, long)}, now. */
    public Duration setBack() {
        return setBack(System.currentTimeMillis(), System.nanoTime());
    }

    /** By how much the wall clock was set back since the last call; zero if it was not, or by little. */
    public Duration setBack(long wallMillis, long monotonicNanos) {
        var before = ahead;
        ahead = ahead(wallMillis, monotonicNanos);
        var back = before.minus(ahead);
        return back.compareTo(IGNORED) > 0 ? back : Duration.ZERO;
    }

    private static Duration ahead(long wallMillis, long monotonicNanos) {
        return Duration.ofMillis(wallMillis).minusNanos(monotonicNanos);
    }
}
