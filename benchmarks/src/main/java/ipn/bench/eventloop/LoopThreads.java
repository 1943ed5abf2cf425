package ipn.bench.eventloop;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * Measures how long the event loops of one ingress were busy. A thread that waits for a processor is late as well, so only the
 * time in which it computed or waited in Java counts.
 */
final class LoopThreads {
    private static final String NAME = "vert.x-eventloop-thread-";
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final long[] ids;

    private LoopThreads(long[] ids) {
        this.ids = ids;
    }

    /** All event loops that exist now. */
    static LoopThreads all() {
        THREADS.setThreadContentionMonitoringEnabled(true);
        return new LoopThreads(Arrays.stream(THREADS.getThreadInfo(THREADS.getAllThreadIds()))
                .filter(info -> info != null && info.getThreadName().startsWith(NAME))
                .mapToLong(info -> info.getThreadId())
                .toArray());
    }

    /** These event loops without the others. */
    LoopThreads without(LoopThreads others) {
        return new LoopThreads(Arrays.stream(ids)
                .filter(id -> Arrays.stream(others.ids).noneMatch(other -> other == id))
                .toArray());
    }

    int count() {
        return ids.length;
    }

    /** The busy time of each thread since its start: computing, waiting for a lock, or parked. Waiting for a socket does not count. */
    long[] busyNanos() {
        var infos = THREADS.getThreadInfo(ids);
        var busy = new long[ids.length];
        for (var i = 0; i < ids.length; i++) {
            var waited = infos[i] == null ? 0 : infos[i].getBlockedTime() + infos[i].getWaitedTime();
            busy[i] = THREADS.getThreadCpuTime(ids[i]) + TimeUnit.MILLISECONDS.toNanos(waited);
        }
        return busy;
    }

    /** The largest increase of the busy time of one thread between two readings. */
    static long longestIncrease(long[] before, long[] after) {
        var longest = 0L;
        for (var i = 0; i < before.length; i++) {
            longest = Math.max(longest, after[i] - before[i]);
        }
        return longest;
    }
}
