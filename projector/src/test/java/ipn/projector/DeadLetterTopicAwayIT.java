package ipn.projector;

import static ipn.projector.Projection.NOON;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Counter;
import ipn.avro.Outcome;
import ipn.avro.OutcomeKind;
import ipn.avro.SourceRecord;
import ipn.polling.Polling;
import ipn.topics.TopicCatalogue;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** While {@code ipn.dlq} does not exist, nothing is skipped: what belongs there is there once, when it exists again. */
@Timeout(180)
class DeadLetterTopicAwayIT {
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final int LETTERS = 3;

    @TempDir
    Path folder;

    private LiveProjector projector;
    private Admin admin;
    private String letters = "";

    @BeforeEach
    void start() {
        projector = LiveProjector.start(DeadLetterTopicAwayIT.class, folder, Duration.ofMillis(100), Map.of());
        admin = Admin.create(projector.kafka.client());
        letters = projector.topic(TopicCatalogue.DLQ);
    }

    @AfterEach
    void stop() {
        admin.close();
        projector.close();
    }

    @Test
    void a_dead_letter_waits_for_its_topic() throws Exception {
        admin.deleteTopics(Set.of(letters)).all().get();
        for (var i = 0; i < LETTERS; i++) {
            var key = "stripe/main/pi_" + i;
            projector.write(TopicCatalogue.OUTCOMES, key, unprocessable(key, i));
        }
        assertThat(Polling.upTo(PATIENCE).until(() -> failures() > 0))
                .as("a transaction fails")
                .isTrue();
        assertThat(committed()).isZero();

        admin.createTopics(List.of(new NewTopic(letters, 1, (short) 1))).all().get();
        assertThat(Polling.upTo(PATIENCE).until(() -> committed() >= LETTERS))
                .as("the outcomes are processed")
                .isTrue();
        assertThat(keys()).containsExactly("stripe/main/pi_0", "stripe/main/pi_1", "stripe/main/pi_2");
    }

    private static Outcome unprocessable(String key, long offset) {
        var raw = SourceRecord.newBuilder()
                .setKey(ByteBuffer.wrap(key.getBytes(UTF_8)))
                .setValue(ByteBuffer.wrap("{".getBytes(UTF_8)))
                .setTimestamp(NOON)
                .setHeaders(List.of())
                .build();
        return Projection.outcome(OutcomeKind.UNPROCESSABLE, key, offset)
                .setReason("MALFORMED")
                .setDetail("not JSON")
                .setRaw(raw)
                .build();
    }

    private double failures() {
        return projector.meters.find("ipn.stage.thread.failures").counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }

    private long committed() {
        var outcomes = new TopicPartition(projector.topic(TopicCatalogue.OUTCOMES), 0);
        try {
            var found = admin.listConsumerGroupOffsets(projector.applicationId())
                    .partitionsToOffsetAndMetadata()
                    .get()
                    .get(outcomes);
            return found == null ? 0 : found.offset();
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    private List<String> keys() {
        try (var reader = projector.reader()) {
            var partition = new TopicPartition(letters, 0);
            reader.assign(List.of(partition));
            reader.seekToBeginning(List.of(partition));
            var keys = new ArrayList<String>();
            assertThat(Polling.upTo(PATIENCE).until(() -> {
                        reader.poll(Duration.ofMillis(200))
                                .forEach(record -> keys.add(new String(record.key(), UTF_8)));
                        return reader.position(partition)
                                >= reader.endOffsets(List.of(partition)).get(partition);
                    }))
                    .isTrue();
            return keys;
        }
    }
}
