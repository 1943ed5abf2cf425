package ipn.runtime.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import ipn.topics.KafkaSettings;
import ipn.topics.TopicCatalogue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a stage does without a broker; {@link StreamsStageIT} has the rest. */
@Timeout(60)
class StreamsStageTest {
    /** Nothing listens there. */
    private static final KafkaSettings NO_BROKER =
            new KafkaSettings(Map.of("bootstrap.servers", "127.0.0.1:1"), Map.of(), TopicCatalogue.defaults());

    @TempDir
    Path folder;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @Test
    void it_starts_without_a_broker_and_is_not_ready() {
        try (var stage = start(folder)) {
            assertThat(stage.awaitReady(Duration.ofMillis(50))).isFalse();
            assertThat(stage.ready()).isFalse();
            assertThat(stage.state()).isNotEqualTo("RUNNING");
            assertThat(running()).isZero();
        }
    }

    @Test
    void it_has_ended_after_it_is_closed() throws InterruptedException {
        var stage = start(folder);
        stage.close();
        stage.awaitEnd();
        assertThat(stage.awaitReady(Duration.ofDays(1))).isFalse();
        assertThat(stage.state()).isEqualTo("NOT_RUNNING");
    }

    @Test
    void it_keeps_its_instance_id_with_its_state() throws IOException {
        var state = folder.resolve("state");
        start(state).close();
        var file = state.resolve("stage.instance");
        var first = Files.readString(file);
        assertThat(UUID.fromString(first)).isNotNull();
        start(state).close();
        assertThat(file).hasContent(first);

        start(folder.resolve("other")).close();
        assertThat(folder.resolve("other/stage.instance")).content().isNotEqualTo(first);
    }

    @Test
    void a_state_folder_that_cannot_be_written_stops_the_start() throws IOException {
        var file = Files.createFile(folder.resolve("file"));
        assertThatThrownBy(() -> start(file))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessage("state-dir: %s cannot be written (expected: a folder that only this stage uses)", file);
    }

    @Test
    void a_second_stage_on_the_same_state_folder_does_not_start() {
        try (var first = start(folder)) {
            assertThatThrownBy(() -> start(folder))
                    .isInstanceOf(StreamsException.class)
                    .hasMessageContaining("state directory");
            assertThat(first.state()).isNotEqualTo("ERROR");
        }
        start(folder).close();
    }

    private StreamsStage start(Path state) {
        var store = Stores.keyValueStoreBuilder(
                Stores.persistentKeyValueStore("store"), Serdes.ByteArray(), Serdes.ByteArray());
        var topology = new Topology()
                .addSource("source", new ByteArrayDeserializer(), new ByteArrayDeserializer(), "topic")
                .addProcessor("processor", Idle::new, "source")
                .addStateStore(store, "processor");
        var configuration = new StreamsConfiguration("stage", state, Duration.ofMillis(10), 1, Map.of());
        return StreamsStage.start("stage", topology, configuration, NO_BROKER, meters);
    }

    /** Exists so that the topology has a store, and its stage a lock on the folder. */
    private static final class Idle implements Processor<byte[], byte[], Void, Void> {
        @Override
        public void process(Record<byte[], byte[]> record) {}
    }

    private double running() {
        return meters.get("ipn.stage.running").tag("stage", "stage").gauge().value();
    }
}
