package ipn.bench.measure;

import ipn.runtime.process.StoppableThread;
import java.io.IOException;
import java.time.Duration;

/** Stops a process (SIGSTOP) for most of the time, again and again, so that it runs, but slowly. */
public final class Pulses implements AutoCloseable {
    private static final Duration DISK_STOPPED = Duration.ofMillis(2_500);
    private static final Duration DISK_RUNNING = Duration.ofMillis(500);

    private final long pid;
    private final Duration stopped;
    private final Duration running;
    private final StoppableThread thread = new StoppableThread("pulses", this::run);

    private Pulses(long pid, Duration stopped, Duration running) {
        this.pid = pid;
        this.stopped = stopped;
        this.running = running;
    }

    /** As a process does that waits for its disk for most of the time. */
    public static Pulses ofSlowDisk(long pid) {
        return start(pid, DISK_STOPPED, DISK_RUNNING);
    }

    /**
     * Stops it from now on.
     *
     * @param stopped how long it stands still, again and again
     * @param running how long it runs between
     */
    public static Pulses start(long pid, Duration stopped, Duration running) {
        var pulses = new Pulses(pid, stopped, running);
        pulses.thread.start();
        return pulses;
    }

    private void run() {
        try {
            do {
                Signal.STOP.send(pid);
                if (thread.isClosing(stopped)) {
                    return;
                }
                Signal.CONT.send(pid);
            } while (!thread.isClosing(running));
        } catch (IOException e) {
            System.err.println("pulses: " + e.getMessage()); // the process has ended
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // it closes
        }
    }

    /** The process runs again as it should. */
    @Override
    public void close() {
        thread.close();
        try {
            Signal.CONT.send(pid);
        } catch (IOException e) {
            System.err.println("pulses: " + e.getMessage()); // the process has ended
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
