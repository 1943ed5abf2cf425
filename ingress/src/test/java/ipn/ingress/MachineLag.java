package ipn.ingress;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** How late an idle thread of this JVM wakes up: what the machine itself adds to every lag measured beside it. */
final class MachineLag implements AutoCloseable {
    private static final long NAP = TimeUnit.MILLISECONDS.toNanos(20);
    private final AtomicLong latest = new AtomicLong();
    private final Thread thread = new Thread(this::measure, "machine-lag");
    private volatile boolean stopped;

    MachineLag() {
        thread.start();
    }

    private void measure() {
        while (!stopped) {
            var expected = System.nanoTime() + NAP;
            while (System.nanoTime() < expected) {
                LockSupport.parkNanos(expected - System.nanoTime());
            }
            latest.accumulateAndGet(System.nanoTime() - expected, Math::max);
        }
    }

    double millisMax() {
        return latest.get() / 1e6;
    }

    @Override
    public void close() {
        stopped = true;
    }
}
