package ipn.ingress.admission;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** Counts the notifications that wait for Kafka, and refuses further ones above a limit. Thread-safe; times are those of {@link System#nanoTime()}. */
public final class Waiting {
    private final WaitingLimit limit = new WaitingLimit();
    private final AtomicInteger count = new AtomicInteger();
    private final LongAdder stored = new LongAdder();
    private final AtomicLong leastNanos = new AtomicLong(Long.MAX_VALUE);
    private long measuredAt;
    private final AtomicInteger leastCount = new AtomicInteger();
    private volatile boolean refused;
    private volatile int most = WaitingLimit.MOST;

    public Waiting(long now) {
        measuredAt = now;
    }

    /** A notification is given to the producer. */
    public void begin() {
        count.incrementAndGet();
    }

    /**
     * It waits no longer.
     *
     * @param isStored whether Kafka has confirmed it
     * @param nanos how long it waited
     */
    public void end(boolean isStored, long nanos) {
        var left = count.decrementAndGet();
        if (left < leastCount.get()) {
            leastCount.accumulateAndGet(left, Math::min);
        }
        if (isStored) {
            stored.increment();
            if (nanos < leastNanos.get()) {
                leastNanos.accumulateAndGet(nanos, Math::min);
            }
        }
    }

    Refusing refusing() {
        var now = count.get();
        if (now < most - most / 4) {
            return Refusing.NOBODY;
        }
        refused = true;
        return now < most ? Refusing.STRANGERS : Refusing.EVERYBODY;
    }

    /** Adapts the limit; to be called every 100 ms. */
    public synchronized void measure(long now) {
        most = limit.next(new WaitingLimit.Window(
                Math.max(1, now - measuredAt),
                stored.sumThenReset(),
                leastNanos.getAndSet(Long.MAX_VALUE),
                leastCount.getAndSet(count.get()),
                refused));
        refused = false;
        measuredAt = now;
    }

    /** How many wait. */
    public int count() {
        return count.get();
    }

    /** How many may wait. */
    public int most() {
        return most;
    }
}
