package ipn.ingress;

import java.util.concurrent.atomic.AtomicLong;

/**
 * So many a second, with a burst of one second's worth and never less than the given least. A token bucket kept as the
 * time at which it would be full again (GCRA), so that it needs one number and no lock.
 */
final class RateLimit {
    private static final long SECOND = 1_000_000_000L;

    private final long interval;
    private final long burst;
    private final AtomicLong fullAt;

    /** @param perSecond 0: no limit */
    RateLimit(int perSecond, int burstMin, long nowNanos) {
        interval = perSecond == 0 ? 0 : SECOND / perSecond;
        burst = interval * Math.max(perSecond, burstMin);
        fullAt = new AtomicLong(nowNanos);
    }

    boolean allows(long nowNanos) {
        if (interval == 0) {
            return true;
        }
        while (true) {
            var known = fullAt.get();
            var next = (known - nowNanos > 0 ? known : nowNanos) + interval;
            if (next - nowNanos > burst) {
                return false;
            }
            if (fullAt.compareAndSet(known, next)) {
                return true;
            }
        }
    }
}
