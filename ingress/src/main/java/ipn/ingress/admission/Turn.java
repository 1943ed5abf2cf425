package ipn.ingress.admission;

import java.util.concurrent.TimeUnit;

/**
 * The turns of one event loop: in each it handles all connections that have something to read, and its tasks. What arrives
 * meanwhile waits for the next turn, unseen in the buffers of the kernel, so a long turn is a long delay for everybody. When turns
 * have been too long for a while, what is left of a turn is refused after some time, which costs little: the next turn begins soon. That
 * time shrinks until turns are as short as they should be. A burst that is over by then, or a pause of the garbage collector,
 * refuses nobody. Proven clients are refused only if their own requests took that time: a loop that strangers keep busy still serves
 * them.
 *
 * <p>Used on one event loop only. All times are those of {@link System#nanoTime()}.
 */
public final class Turn {
    /** A longer turn is late. Gateways wait for seconds, and a refused notification comes again after minutes: a delay like this harms less. */
    static final long LATE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    /** The time for what is accepted in a turn, while somebody is refused. */
    static final long WORK_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    /** The time for what is accepted shrinks while turns are longer than this: two of them are the longest delay. */
    static final long LENGTH_NANOS_MAX = TimeUnit.MILLISECONDS.toNanos(20);

    /** Turns may be late for so long before anybody is refused. */
    static final long TOLERANCE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    /** A loop that had nothing to do for so long is not late; a shorter time may be that of other threads. */
    static final long REST_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    /** For so long after a refusal a turn is late as soon as it is longer than it should be, so that an overload does not begin anew each time. */
    static final long MEMORY_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** However long turns are, who is proven is served for so long in each. */
    static final long SERVED_NANOS_LEAST = TimeUnit.MILLISECONDS.toNanos(1);

    private static final int STEPS = 25;

    private boolean running;
    private long begunAt;
    private long endedAt;
    private boolean late;
    private long lateSince;
    private boolean refused;
    private boolean everRefused;
    private long refusedAt;
    private long provenNanos;
    private long servedMax = WORK_NANOS;
    private long lengthBefore;

    /** Begins a turn unless one is running; returns whether it began, and {@link #end} is to be called after it. */
    public boolean begin(long now) {
        if (running) {
            return false;
        }
        running = true;
        late = late && now - endedAt <= REST_NANOS;
        refused = false;
        provenNanos = 0;
        begunAt = now;
        return true;
    }

    Refusing refusing(long now) {
        if (!late || !remembers(now) && now - lateSince <= TOLERANCE_NANOS || now - begunAt <= servedMax / 2) {
            return Refusing.NOBODY;
        }
        refused = true;
        everRefused = true;
        refusedAt = now;
        return provenNanos <= servedMax ? Refusing.STRANGERS : Refusing.EVERYBODY;
    }

    private boolean remembers(long now) {
        return everRefused && now - refusedAt <= MEMORY_NANOS;
    }

    /** A proven client was served for so long. */
    public void served(long nanos) {
        provenNanos += nanos;
    }

    /** Ends the turn. */
    public void end(long now) {
        running = false;
        endedAt = now;
        var length = now - begunAt;
        var lateNow = refused || length > (remembers(now) ? WORK_NANOS : LATE_NANOS);
        if (lateNow && !late) {
            lateSince = now;
        }
        late = lateNow;
        adapt(Math.min(length, lengthBefore)); // one long turn may be a pause
        lengthBefore = length;
    }

    private void adapt(long length) {
        if (!refused) {
            servedMax = WORK_NANOS;
        } else if (length > LENGTH_NANOS_MAX) {
            servedMax = Math.max(SERVED_NANOS_LEAST, (long) (servedMax * (LENGTH_NANOS_MAX / (double) length)));
        } else {
            servedMax = Math.min(WORK_NANOS, servedMax + WORK_NANOS / STEPS);
        }
    }
}
