package ipn.conformance;

import java.lang.management.ManagementFactory;
import java.time.Duration;

/** Measures durations. */
final class Measured {
    private Measured() {}

    /** The CPU time of this thread, independent of other load on the machine. */
    static Duration cpuTime(Runnable work) {
        var threads = ManagementFactory.getThreadMXBean();
        var began = threads.getCurrentThreadCpuTime();
        work.run();
        return Duration.ofNanos(threads.getCurrentThreadCpuTime() - began);
    }
}
