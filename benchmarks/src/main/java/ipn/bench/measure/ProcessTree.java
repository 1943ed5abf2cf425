package ipn.bench.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * A process and its descendants, such as a database server with a process for each connection.
 *
 * @param root id of the process
 */
public record ProcessTree(long root) {
    private static final long TICK_MILLIS = 10;

    /** The processor time of all of them, those that have ended included. */
    public Duration processorTime() {
        return Duration.ofMillis(TICK_MILLIS
                * ids().mapToObj(ProcessTree::stat)
                        .flatMap(Optional::stream)
                        .mapToLong(ProcessTree::ticks)
                        .sum());
    }

    /** The resident memory of all of them in KiB; a page that several processes use counts once. */
    public long residentKib() {
        return ids().map(ResidentMemory::proportionalKib).sum();
    }

    private LongStream ids() {
        return LongStream.concat(
                LongStream.of(root),
                ProcessHandle.of(root).stream()
                        .flatMap(ProcessHandle::descendants)
                        .mapToLong(ProcessHandle::pid));
    }

    /** Empty if the process has ended meanwhile: then its time is in that of its parent. */
    private static Optional<String> stat(long id) {
        try {
            return Optional.of(Files.readString(Path.of("/proc", Long.toString(id), "stat")));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /**
     * The user and system time of a process and of its ended children, in clock ticks.
     *
     * @param stat the content of its {@code /proc/<id>/stat}
     */
    static long ticks(String stat) {
        // the name of the program is in parentheses, and may contain blanks
        var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return Stream.of(fields).skip(11).limit(4).mapToLong(Long::parseLong).sum();
    }
}
