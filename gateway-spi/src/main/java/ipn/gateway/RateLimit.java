package ipn.gateway;

import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * So many a second, with a burst of one second's worth and never less than the given least. A token bucket kept as the
 * time at which it would be full again (GCRA), so that it needs one number and no lock, and has no clock of its own. A clock that
 * is set back holds it up no longer than a second's worth takes.
 */
public final class RateLimit {
    private static final long SECOND = 1_000_000_000L;

    private final long interval;
    private final long burst;
    private final AtomicLong fullAt;

    /**
     * @param perSecond 0: no limit
     * @param nowNanos of any clock, which is then the clock of {@link #allows(long)}
     */
    public RateLimit(int perSecond, int burstMin, long nowNanos) {
        interval = perSecond == 0 ? 0 : SECOND / perSecond;
        burst = interval * Math.max(perSecond, burstMin);
        fullAt = new AtomicLong(nowNanos);
    }

    /** A limit over {@link #allows(Instant)}, full at first. */
    public static RateLimit of(int perSecond) {
        return new RateLimit(perSecond, 1, 0);
    }

    public boolean allows(Instant now) {
        return allows(TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano());
    }

    public boolean allows(long nowNanos) {
        if (interval == 0) {
            return true;
        }
        while (true) {
            var known = fullAt.get();
            var untilFull = Math.max(0, Math.min(known - nowNanos, burst));
            var allowed = untilFull + interval <= burst;
            var next = nowNanos + untilFull + (allowed ? interval : 0);
            if (next == known || fullAt.compareAndSet(known, next)) {
                return allowed;
            }
        }
    }
}
