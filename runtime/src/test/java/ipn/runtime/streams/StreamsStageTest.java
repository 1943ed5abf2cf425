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
import org.apache.kafka.streams.Topology;
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

    private StreamsStage start(Path state) {
        var topology =
                new Topology().addSource("source", new ByteArrayDeserializer(), new ByteArrayDeserializer(), "topic");
        var configuration = new StreamsConfiguration("stage", state, Duration.ofMillis(10), 1, Map.of());
        return StreamsStage.start("stage", topology, configuration, NO_BROKER, meters);
    }

    private double running() {
        return meters.get("ipn.stage.running").tag("stage", "stage").gauge().value();
    }
}
