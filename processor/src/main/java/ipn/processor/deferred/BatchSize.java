package ipn.processor.deferred;

import java.util.concurrent.TimeUnit;

/**
 * How many records are moved at once: so many that they take twice as long through the stages as a few do at best. A purchase that comes meanwhile is
 * delayed by no more. Transfers that must not delay others are limited alike on a network (LEDBAT, RFC 6817). Not thread-safe.
 */
final class BatchSize {
    /** So few do not delay others. */
    static final int MIN = 16;

    static final int MAX = 10_000;

    /** A batch may take so many times as long as a small one. */
    private static final double LONGER = 2;

    private static final double SHRINKS_MOST = 0.5;
    private static final double GROWS_MOST = 1.5;
    /** One batch in so many is small, to know how long it takes. */
    private static final int SMALL_ONE_IN = 16;
    /** The shortest time of this and the last period counts: purchases that are too many, and a slow start, do not make it longer. */
    private static final long PERIOD = TimeUnit.MINUTES.toNanos(5);

    private int size = MIN;
    private int batches;
    private long shortest = Long.MAX_VALUE;
    private long shortestBefore = Long.MAX_VALUE;
    private long periodBegan;

    /** @param nowNanos of a monotonic clock */
    BatchSize(long nowNanos) {
        periodBegan = nowNanos;
    }

    /** The size of the next batch. */
    int next() {
        batches++;
        return batches % SMALL_ONE_IN == 0 ? MIN : size;
    }

    /**
     * A batch has passed all stages.
     *
     * @param records how many it had
     * @param tookNanos from when it was stored
     */
    void passed(int records, long tookNanos, long nowNanos) {
        if (records <= MIN) {
            small(tookNanos, nowNanos);
        }
        if (records >= size) {
            var room = LONGER * Math.min(shortest, shortestBefore) / Math.max(1, tookNanos);
            var factor = Math.max(SHRINKS_MOST, Math.min(GROWS_MOST, room));
            size = (int) Math.max(MIN, Math.min(MAX, size * factor));
        }
    }

    private void small(long tookNanos, long nowNanos) {
        if (nowNanos - periodBegan > PERIOD) {
            shortestBefore = shortest;
            shortest = Long.MAX_VALUE;
            periodBegan = nowNanos;
        }
        shortest = Math.min(shortest, tookNanos);
    }

    /** No record waits: what comes next begins with a small batch. */
    void reset() {
        size = MIN;
    }

    int current() {
        return size;
    }
}
