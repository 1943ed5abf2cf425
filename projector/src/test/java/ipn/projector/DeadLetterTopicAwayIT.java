package ipn.projector;

import static ipn.projector.Projection.NOON;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import ipn.avro.Outcome;
import ipn.avro.OutcomeKind;
import ipn.avro.SourceRecord;
import ipn.embedded.KafkaUnderTest;
import ipn.polling.Polling;
import ipn.projector.catalogue.CatalogueHistory;
import ipn.projector.notification.NotificationPolicy;
import ipn.runtime.streams.StreamsConfiguration;
import ipn.runtime.streams.StreamsStage;
import ipn.topics.KafkaSettings;
import ipn.topics.TopicCatalogue;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.state.Stores;
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

    private final KafkaSettings kafka = kafka();
    private final String letters = kafka.topics().name(TopicCatalogue.DLQ);

    @Test
    void a_dead_letter_waits_for_its_topic() throws Exception {
        var meters = new SimpleMeterRegistry();
        var topology = EntitlementTopology.build(
                kafka,
                CatalogueHistory.always(Products.CATALOGUE),
                Safeguards.DEFAULTS,
                NotificationPolicy.DEFAULTS,
                meters,
                Clock.fixed(NOON, ZoneOffset.UTC),
                Stores::inMemoryKeyValueStore);
        var configuration = new StreamsConfiguration(
                kafka.topics().name("-projector"), folder, Duration.ofMillis(100), 1, Map.of());
        try (var admin = Admin.create(kafka.client());
                var stage = StreamsStage.start("projector", topology, configuration, kafka, meters)) {
            assertThat(stage.awaitReady(PATIENCE)).isTrue();
            admin.deleteTopics(Set.of(letters)).all().get();
            write();
            assertThat(Polling.upTo(PATIENCE).until(() -> failures(meters) > 0))
                    .as("a transaction fails")
                    .isTrue();
            assertThat(committed(admin)).isZero();

            admin.createTopics(List.of(new NewTopic(letters, 1, (short) 1)))
                    .all()
                    .get();
            assertThat(Polling.upTo(PATIENCE).until(() -> committed(admin) >= LETTERS))
                    .as("the outcomes are processed")
                    .isTrue();
            assertThat(keys()).containsExactly("stripe/main/pi_0", "stripe/main/pi_1", "stripe/main/pi_2");
        }
    }

    private static double failures(SimpleMeterRegistry meters) {
        return meters.find("ipn.stage.thread.failures").counters().stream()
                .mapToDouble(counter -> counter.count())
                .sum();
    }

    private void write() throws Exception {
        try (var values = kafka.serdes().serializer(Outcome.class);
                var producer = new KafkaProducer<>(kafka.client(), new StringSerializer(), values)) {
            for (var i = 0; i < LETTERS; i++) {
                var outcome = unprocessable("stripe/main/pi_" + i, i);
                producer.send(new ProducerRecord<>(
                                kafka.topics().name(TopicCatalogue.OUTCOMES), outcome.getPaymentKey(), outcome))
                        .get();
            }
        }
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

    private long committed(Admin admin) {
        try {
            var all = admin.listConsumerGroupOffsets(kafka.topics().name("-projector"))
                    .partitionsToOffsetAndMetadata()
                    .get();
            var found = all.get(new TopicPartition(kafka.topics().name(TopicCatalogue.OUTCOMES), 0));
            return found == null ? 0 : found.offset();
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    private List<String> keys() {
        var client = kafka.client();
        client.put("isolation.level", "read_committed");
        try (var consumer = new KafkaConsumer<>(client, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            var partition = new TopicPartition(letters, 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            var keys = new ArrayList<String>();
            Polling.upTo(PATIENCE).until(() -> {
                consumer.poll(Duration.ofMillis(200)).forEach(record -> keys.add(new String(record.key(), UTF_8)));
                return consumer.position(partition)
                        >= consumer.endOffsets(List.of(partition)).get(partition);
            });
            return keys;
        }
    }

    private static KafkaSettings kafka() {
        var broker = KafkaUnderTest.shared();
        var topics = broker.createTopics(DeadLetterTopicAwayIT.class, 1);
        return new KafkaSettings(
                Map.of("bootstrap.servers", broker.bootstrapServers()),
                Map.of("schema.registry.url", "mock://letters-away"),
                topics);
    }
}
