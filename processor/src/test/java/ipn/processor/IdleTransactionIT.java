package ipn.processor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import ipn.embedded.KafkaUnderTest;
import ipn.gateway.Translation;
import ipn.polling.Polling;
import ipn.processor.payment.Histories;
import ipn.runtime.streams.StreamsConfiguration;
import ipn.runtime.streams.StreamsStage;
import ipn.topics.Headers;
import ipn.topics.KafkaSettings;
import ipn.topics.TopicCatalogue;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** When nothing more waits, the transaction of the processor ends, and does not stay open until the commit interval has passed. */
@Timeout(120)
class IdleTransactionIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** A commit interval longer than any test. */
    private static final Duration NEVER = Duration.ofMinutes(10);

    @TempDir
    Path folder;

    private final Notebook notebook = new Notebook();
    private final KafkaSettings kafka = kafka();

    @Test
    void an_outcome_is_committed_when_nothing_more_waits() throws Exception {
        var meters = new SimpleMeterRegistry();
        var topology = PaymentTopology.build(
                kafka, new RawRecordHandler(notebook.accounts()), meters, Stores::inMemoryKeyValueStore);
        var configuration = new StreamsConfiguration(
                kafka.topics().name("-processor"),
                folder,
                NEVER,
                1,
                Map.of("producer.transaction.timeout.ms", "900000"));
        try (var stage = StreamsStage.start("processor", topology, configuration, kafka, meters)) {
            assertThat(stage.awaitReady(PATIENCE)).isTrue();
            write("evt_1");
            awaitOutcomes(1);
            write("evt_2");
            awaitOutcomes(2);
        }
    }

    private void write(String event) throws Exception {
        notebook.note(
                event,
                "pi_1",
                new Translation.Understood(Histories.captured(Instant.parse("2026-09-01T12:00:00Z"), 1)));
        var raw = kafka.topics().name(TopicCatalogue.RAW);
        var record = new ProducerRecord<>(raw, "notebook/main/pi_1", (event + " body").getBytes(UTF_8));
        record.headers()
                .add(Headers.CE_SOURCE, "/ipn/notebook/main".getBytes(UTF_8))
                .add(Headers.RECEIVED_AT, "2026-09-01T12:00:00Z".getBytes(UTF_8));
        try (var producer = new KafkaProducer<>(kafka.client(), new StringSerializer(), new ByteArraySerializer())) {
            producer.send(record).get();
        }
    }

    /** Each transaction ends with a marker, which takes an offset after its outcome. */
    private void awaitOutcomes(int count) {
        var partition = new TopicPartition(kafka.topics().name(TopicCatalogue.OUTCOMES), 0);
        var client = kafka.client();
        client.put("isolation.level", "read_committed");
        try (var consumer = new KafkaConsumer<>(client, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            assertThat(Polling.upTo(PATIENCE)
                            .until(() -> consumer.endOffsets(List.of(partition)).get(partition) >= 2L * count))
                    .as("outcome %d is committed", count)
                    .isTrue();
        }
    }

    private static KafkaSettings kafka() {
        var broker = KafkaUnderTest.shared();
        var topics = broker.createTopics(IdleTransactionIT.class, 1);
        return new KafkaSettings(
                Map.of("bootstrap.servers", broker.bootstrapServers()),
                Map.of("schema.registry.url", "mock://idle-processor"),
                topics);
    }
}
