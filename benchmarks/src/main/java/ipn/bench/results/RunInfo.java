package ipn.bench.results;

import ipn.topics.AppVersion;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * What was measured, where and when.
 *
 * @param commit of the sources; empty if it is unknown
 * @param date when the run began
 * @param processors of the machine, as Java sees them
 * @param memoryMib of the machine
 * @param loadAverage of the machine in the minute before the run; negative if it is unknown
 */
public record RunInfo(
        String version,
        String commit,
        String date,
        String java,
        String os,
        int processors,
        long memoryMib,
        double loadAverage) {
    private static final long MIB = 1024 * 1024;

    /** Of this process, now. */
    public static RunInfo now() {
        var build = AppVersion.build();
        var system = ManagementFactory.getOperatingSystemMXBean();
        return new RunInfo(
                build.version(),
                build.commit().orElse(""),
                Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
                Runtime.version().toString(),
                "%s %s".formatted(system.getName(), system.getArch()),
                system.getAvailableProcessors(),
                system instanceof com.sun.management.OperatingSystemMXBean memory
                        ? memory.getTotalMemorySize() / MIB
                        : 0,
                Math.round(system.getSystemLoadAverage() * 100) / 100.0);
    }
}
