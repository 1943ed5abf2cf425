package ipn.gateway;

import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A limit per second. The burst is one second's worth, but at least the given minimum. It is a token bucket, stored as the
 * time at which the bucket is full again (GCRA): it needs one number, no lock and no clock of its own. A clock that is set
 * back blocks it for no longer than one second's worth takes.
 */
public final class RateLimit {
    private static final long SECOND = 1_000_000_000L;

    private final long interval;
    private final long burst;
    private final AtomicLong fullAt;

    /**
     * @param perSecond 0 for no limit
     * @param nowNanos time of any clock; {@link #allows(long)} must use the same clock
     */
    public RateLimit(int perSecond, int burstMin, long nowNanos) {
        interval = perSecond == 0 ? 0 : SECOND / perSecond;
        burst = interval * Math.max(perSecond, burstMin);
        fullAt = new AtomicLong(nowNanos);
    }

    /** A limit for use with {@link #allows(Instant)}; the bucket is full at first. */
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
