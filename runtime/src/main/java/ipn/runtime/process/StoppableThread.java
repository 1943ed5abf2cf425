package ipn.runtime.process;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A daemon thread that works until it is closed: what it runs asks {@link #isClosing}. Thread-safe. */
public final class StoppableThread implements AutoCloseable {
    private static final Duration CLOSE = Duration.ofSeconds(5);

    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;

    /** @param work begins with {@link #start} */
    public StoppableThread(String name, Runnable work) {
        thread = new Thread(work, name);
        thread.setDaemon(true);
    }

    /** Begins the work. */
    public void start() {
        thread.start();
    }

    /** Whether the work is to end. */
    public boolean isClosing() {
        return isClosing(Duration.ZERO);
    }

    /** Waits, at most so long, until the work is to end; false if it is to go on. True too once the thread is interrupted. */
    public boolean isClosing(Duration wait) {
        try {
            return closing.await(wait.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /** Ends the work; interrupts it if it has not ended after 5 s, and waits as long again. */
    @Override
    public void close() {
        closing.countDown();
        try {
            thread.join(CLOSE.toMillis());
            thread.interrupt();
            thread.join(CLOSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
