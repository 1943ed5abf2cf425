package ipn.bench.eventloop;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * How long the event loops of one ingress were at work. A thread that the machine does not let run is late as well; only what
 * it computed or waited for in Java holds it by our doing.
 */
final class LoopThreads {
    private static final String NAME = "vert.x-eventloop-thread-";
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final long[] ids;

    private LoopThreads(long[] ids) {
        this.ids = ids;
    }

    /** All event loops there are now. */
    static LoopThreads all() {
        THREADS.setThreadContentionMonitoringEnabled(true);
        return new LoopThreads(Arrays.stream(THREADS.getThreadInfo(THREADS.getAllThreadIds()))
                .filter(info -> info != null && info.getThreadName().startsWith(NAME))
                .mapToLong(info -> info.getThreadId())
                .toArray());
    }

    /** Those that are not among the others. */
    LoopThreads without(LoopThreads others) {
        return new LoopThreads(Arrays.stream(ids)
                .filter(id -> Arrays.stream(others.ids).noneMatch(other -> other == id))
                .toArray());
    }

    int count() {
        return ids.length;
    }

    /** For each of them, since it began: computing, waiting for a lock, or parked. Waiting for a socket is none of these. */
    long[] busyNanos() {
        var infos = THREADS.getThreadInfo(ids);
        var busy = new long[ids.length];
        for (var i = 0; i < ids.length; i++) {
            var waited = infos[i] == null ? 0 : infos[i].getBlockedTime() + infos[i].getWaitedTime();
            busy[i] = THREADS.getThreadCpuTime(ids[i]) + TimeUnit.MILLISECONDS.toNanos(waited);
        }
        return busy;
    }

    /** Of the one that was at work longest from one reading to the next. */
    static long longest(long[] before, long[] after) {
        var longest = 0L;
        for (var i = 0; i < before.length; i++) {
            longest = Math.max(longest, after[i] - before[i]);
        }
        return longest;
    }
}
