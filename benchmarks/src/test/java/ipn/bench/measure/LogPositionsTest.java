package ipn.bench.measure;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.record.internal.ControlRecordType;
import org.apache.kafka.common.record.internal.EndTransactionMarker;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.SimpleRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogPositionsTest {
    @TempDir
    Path folder;

    private Path segment = Path.of("");

    @BeforeEach
    void create_a_partition() throws IOException {
        segment = Files.createDirectory(folder.resolve("ipn.raw-0")).resolve("00000000000000000000.log");
        append(segment, records("before", "before"));
        append(segment, marker(ControlRecordType.COMMIT));
    }

    @Test
    void only_what_was_written_later_is_counted() throws IOException {
        var positions = LogPositions.read(folder);
        append(segment, records("a", "b", "c"));
        append(segment, records("d"));
        append(segment, marker(ControlRecordType.COMMIT));
        append(segment, marker(ControlRecordType.ABORT));
        append(segment.resolveSibling("00000000000000000009.log"), records("e"));
        append(Files.createDirectory(folder.resolve("ipn.raw-1")).resolve("00000000000000000000.log"), records("f"));

        var usage = growth(positions).usage().get("ipn.raw");

        assertThat(usage).isNotNull();
        assertThat(usage.records()).isEqualTo(6);
        assertThat(usage.batches()).isEqualTo(4);
        assertThat(usage.markers()).isEqualTo(2);
        assertThat(usage.aborts()).isEqualTo(1);
        assertThat(usage.bytes())
                .isEqualTo(records("a", "b", "c").sizeInBytes()
                        + 3L * records("d").sizeInBytes()
                        + 2L * marker(ControlRecordType.ABORT).sizeInBytes());
    }

    @Test
    void nothing_written_is_nothing_counted() {
        assertThat(growth(LogPositions.read(folder)).usage()).isEmpty();
    }

    @Test
    void a_file_that_grows_while_it_is_read_stays_as_the_broker_writes_it() throws IOException {
        var positions = LogPositions.read(folder);
        append(segment, records("a"));
        var counted = new AtomicInteger();

        positions.batchesSince((topic, batch) -> {
            counted.incrementAndGet();
            append(segment, records("later"));
        });

        assertThat(counted).hasValue(1);
        assertThat(Files.size(segment))
                .isEqualTo(positions.ends().get("ipn.raw-0").bytes()
                        + records("a").sizeInBytes()
                        + records("later").sizeInBytes());
    }

    @Test
    void a_file_that_was_compacted_is_no_result() throws IOException {
        var positions = LogPositions.read(folder);
        Files.delete(segment);
        append(segment, records("before"));

        assertThatThrownBy(() -> growth(positions)).hasMessageContaining("deleted or compacted");
    }

    @Test
    void a_file_that_was_deleted_is_no_result() throws IOException {
        var positions = LogPositions.read(folder);
        Files.delete(segment);
        append(segment.resolveSibling("00000000000000000009.log"), records("later"));

        assertThatThrownBy(() -> growth(positions)).hasMessageContaining("deleted or compacted");
    }

    private LogGrowth growth(LogPositions positions) {
        var growth = new LogGrowth(UnaryOperator.identity(), List.of());
        positions.batchesSince(growth::add);
        return growth;
    }

    private static MemoryRecords records(String... values) {
        var all = List.of(values).stream()
                .map(value -> new SimpleRecord(value.getBytes(UTF_8)))
                .toArray(SimpleRecord[]::new);
        return MemoryRecords.withRecords(Compression.NONE, all);
    }

    private static MemoryRecords marker(ControlRecordType type) {
        return MemoryRecords.withEndTransactionMarker(7, (short) 0, new EndTransactionMarker(type, 0));
    }

    private static void append(Path file, MemoryRecords records) {
        var buffer = records.buffer();
        var bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        try {
            Files.write(file, bytes, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
