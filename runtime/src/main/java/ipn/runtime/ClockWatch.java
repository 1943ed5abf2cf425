package ipn.runtime;

import ipn.runtime.process.StoppableThread;
import java.time.Duration;

/**
 * Calls back when the wall clock was set back ({@link ClockSteps}), from a thread of its own, because a call of a Kafka client may wait until the clock is
 * where it was. A member of a consumer group sends no heartbeats until then, so that the group goes on without it. A consumer that is woken up can be
 * replaced (decision 036).
 */
public final class ClockWatch implements AutoCloseable {
    private static final Duration EVERY = Duration.ofSeconds(1);

    private final Runnable setBack;
    private final StoppableThread thread = new StoppableThread("ipn-clock-watch", this::run);

    private ClockWatch(Runnable setBack) {
        this.setBack = setBack;
    }

    /**
     * Begins to watch.
     *
     * @param setBack called from another thread, such as {@code consumer::wakeup}
     */
    public static ClockWatch start(Runnable setBack) {
        var watch = new ClockWatch(setBack);
        watch.thread.start();
        return watch;
    }

    private void run() {
        var steps = ClockSteps.fromNow();
        while (!thread.isClosing(EVERY)) {
            if (!steps.setBack().isZero()) {
                setBack.run();
            }
        }
    }

    @Override
    public void close() {
        thread.close();
    }
}
