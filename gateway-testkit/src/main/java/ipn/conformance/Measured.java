package ipn.conformance;

import java.lang.management.ManagementFactory;
import java.time.Duration;

/** How long work takes. */
final class Measured {
    private Measured() {}

    /** Of this thread alone: other work on the machine does not count. */
    static Duration cpuTime(Runnable work) {
        var threads = ManagementFactory.getThreadMXBean();
        var began = threads.getCurrentThreadCpuTime();
        work.run();
        return Duration.ofNanos(threads.getCurrentThreadCpuTime() - began);
    }
}
