package ipn.bench.measure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Measures the resident memory of processes. */
public final class ResidentMemory {
    private ResidentMemory() {}

    /** The peak resident memory of a process in KiB; 0 if {@code /proc} does not contain it. */
    public static long peakKib(long pid) {
        return kib(pid, "status", "VmHWM:");
    }

    /** The resident memory of a process now in KiB; 0 if {@code /proc} does not contain it. */
    public static long nowKib(long pid) {
        return kib(pid, "status", "VmRSS:");
    }

    /** The resident memory of a process in KiB, with its share of pages that other processes use too; 0 if {@code /proc} does not contain it. */
    public static long proportionalKib(long pid) {
        return kib(pid, "smaps_rollup", "Pss:");
    }

    private static long kib(long pid, String file, String field) {
        try (var lines = Files.lines(Path.of("/proc", Long.toString(pid), file))) {
            return lines.filter(line -> line.startsWith(field))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                    .findFirst()
                    .orElse(0);
        } catch (IOException | UncheckedIOException e) {
            return 0;
        }
    }
}
