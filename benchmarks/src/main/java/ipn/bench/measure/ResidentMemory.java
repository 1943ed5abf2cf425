package ipn.bench.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Measures the resident memory of processes. */
public final class ResidentMemory {
    private ResidentMemory() {}

    /** The peak resident memory of a process in KiB; 0 if {@code /proc} does not contain it. */
    public static long peakKib(long pid) {
        try (var status = Files.lines(Path.of("/proc", Long.toString(pid), "status"))) {
            return status.filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            return 0;
        }
    }
}
