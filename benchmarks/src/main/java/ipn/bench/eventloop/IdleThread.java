package ipn.bench.eventloop;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** Measures how late an idle thread wakes up. The machine and the JVM add this delay to every lag in the same run. */
final class IdleThread implements AutoCloseable {
    /** The interval at which the ingress measures the lag of its event loops. */
    private static final long INTERVAL = TimeUnit.MILLISECONDS.toNanos(20);

    private final Histogram lagMicros = new ConcurrentHistogram(TimeUnit.MINUTES.toMicros(1), 3);
    private final Thread thread = new Thread(this::run, "idle");
    private volatile boolean open = true;

    IdleThread() {
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        while (open) {
            var expected = System.nanoTime() + INTERVAL;
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
