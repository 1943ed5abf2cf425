package ipn.bench.eventloop;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** How late a thread wakes up that has nothing to do: what the machine and the JVM add to every lag measured beside it. */
final class IdleThread implements AutoCloseable {
    /** As often as the ingress looks at its event loops. */
    private static final long NAP = TimeUnit.MILLISECONDS.toNanos(20);

    private final Histogram lagMicros = new ConcurrentHistogram(TimeUnit.MINUTES.toMicros(1), 3);
    private final Thread thread = new Thread(this::nap, "idle");
    private volatile boolean open = true;

    IdleThread() {
        thread.setDaemon(true);
        thread.start();
    }

    private void nap() {
        while (open) {
            var expected = System.nanoTime() + NAP;
            while (System.nanoTime() < expected) {
                LockSupport.parkNanos(expected - System.nanoTime());
            }
            lagMicros.recordValue(TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - expected));
        }
    }

    Histogram lagMicros() {
        return lagMicros;
    }

    @Override
    public void close() {
        open = false;
    }
}
