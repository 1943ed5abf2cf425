package ipn.bench.chaos;

import ipn.app.UserException;
import ipn.bench.measure.DataFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The wall clock of processes that run, set by libfaketime; their monotonic clock is untouched.
 *
 * @param library the file {@code libfaketime.so.1}
 * @param file contains by how much the clock is ahead; the processes read it each second
 */
record WallClock(Path library, Path file) {
    /** The library's shared memory, which a process that is killed leaves behind. */
    private static final Path SHARED = Path.of("/dev/shm");

    private static final Pattern OF_PROCESS = Pattern.compile("(?:sem\\.)?faketime_(?:sem|shm)_(\\d+)");

    /** How often each process reads the file again. */
    private static final Duration READ_EACH = Duration.ofSeconds(1);

    /**
     * A clock that is right.
     *
     * @param folder of the run
     * @throws UserException if there is no such library
     */
    static WallClock right(Path library, Path folder) throws IOException {
        if (!Files.isRegularFile(library)) {
            throw UserException.usage(
                    "--clock: %s (expected: the file libfaketime.so.1 of the package faketime)".formatted(library));
        }
        var clock = new WallClock(library.toRealPath(), folder.resolve("clock").toAbsolutePath());
        clock.set(Duration.ZERO);
        return clock;
    }

    /** What a process needs in its environment to have this clock. */
    Map<String, String> environment() {
        return Map.of(
                "LD_PRELOAD",
                library.toString(),
                "FAKETIME_TIMESTAMP_FILE",
                file.toString(),
                "FAKETIME_CACHE_DURATION",
                Long.toString(READ_EACH.toSeconds()),
                "FAKETIME_DONT_FAKE_MONOTONIC",
                "1",
                // otherwise waits of the JVM with a timeout end at once
                "FAKETIME_FORCE_MONOTONIC_FIX",
                "0",
                "NO_FAKE_STAT",
                "1");
    }

    /** Sets it, in each process within a second. */
    void set(Duration ahead) throws IOException {
        DataFolder.replace(file, "%+ds%n".formatted(ahead.toSeconds()));
    }

    /** Deletes what killed processes left behind: another process with the same id could not start. */
    void forgetEnded() throws IOException {
        if (!Files.isDirectory(SHARED)) {
            return;
        }
        try (var names = Files.list(SHARED)) {
            for (var left : names.filter(WallClock::ofEnded).toList()) {
                Files.deleteIfExists(left);
            }
        }
    }

    private static boolean ofEnded(Path shared) {
        var process = OF_PROCESS.matcher(shared.getFileName().toString());
        return process.matches()
                && ProcessHandle.of(Long.parseLong(process.group(1))).isEmpty();
    }
}
