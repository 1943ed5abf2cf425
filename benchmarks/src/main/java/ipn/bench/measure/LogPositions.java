package ipn.bench.measure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.record.internal.FileRecords;
import org.apache.kafka.common.record.internal.RecordBatch;

/**
 * The ends of all log files of a broker on this machine at one moment. What was written later is counted by its batches, as the broker stored them: no client
 * sees the markers of transactions, and offsets do not tell records from markers.
 *
 * @param ends by folder of a partition
 */
public record LogPositions(Path folder, Map<String, End> ends) {
    private static final String SUFFIX = ".log";

    /**
     * The end of one partition.
     *
     * @param segment name of its newest file
     * @param bytes the size of that file
     */
    public record End(String segment, long bytes) {}

    /** @param folder the folder in which the broker keeps its log files */
    public static LogPositions read(Path folder) {
        try (Stream<Path> partitions = Files.list(folder)) {
            var ends = new TreeMap<String, End>();
            for (var partition : partitions.filter(Files::isDirectory).toList()) {
                var segments = segments(partition);
                if (!segments.isEmpty()) {
                    var newest = segments.get(segments.size() - 1);
                    ends.put(name(partition), new End(name(newest), Files.size(newest)));
                }
            }
            return new LogPositions(folder, ends);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Passes each batch that was written after this moment to {@code each}, with the name of its topic.
     *
     * @throws IllegalStateException if the broker has deleted or compacted files since then
     */
    public void batchesSince(BatchConsumer each) {
        try (Stream<Path> partitions = Files.list(folder)) {
            for (var partition : partitions.filter(Files::isDirectory).toList()) {
                var dash = name(partition).lastIndexOf('-');
                if (dash > 0 && name(partition).substring(dash + 1).matches("[0-9]+")) {
                    var topic = name(partition).substring(0, dash);
                    read(partition, batch -> each.accept(topic, batch));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Receives the batches of topics. */
    @FunctionalInterface
    public interface BatchConsumer {
        void accept(String topic, RecordBatch batch);
    }

    private void read(Path partition, Consumer<RecordBatch> each) throws IOException {
        var end = ends.getOrDefault(name(partition), new End("", 0));
        var segments = segments(partition);
        if (end.bytes() > 0
                && segments.stream().noneMatch(segment -> name(segment).equals(end.segment()))) {
            throw cleaned(partition);
        }
        for (var segment : segments) {
            var order = name(segment).compareTo(end.segment());
            if (order >= 0) {
                read(segment, order == 0 ? end.bytes() : 0, each);
            }
        }
    }

    private static void read(Path segment, long from, Consumer<RecordBatch> each) throws IOException {
        var size = Files.size(segment);
        if (size < from) {
            throw cleaned(segment);
        }
        var records = FileRecords.open(segment.toFile(), false);
        try {
            records.slice(Math.toIntExact(from), Math.toIntExact(size - from))
                    .batches()
                    .forEach(each);
        } finally {
            // close() would trim the file to the size that it had when it was opened
            records.closeHandlers();
        }
    }

    private static IllegalStateException cleaned(Path file) {
        return new IllegalStateException(
                "%s: deleted or compacted while it was measured (expected: shorter rounds)".formatted(file));
    }

    /** In the order of their offsets, which their names begin with. */
    private static List<Path> segments(Path partition) throws IOException {
        try (Stream<Path> files = Files.list(partition)) {
            return files.filter(file -> name(file).endsWith(SUFFIX))
                    .sorted(Comparator.comparing(LogPositions::name))
                    .collect(Collectors.toList());
        }
    }

    private static String name(Path file) {
        return file.getFileName().toString();
    }
}
