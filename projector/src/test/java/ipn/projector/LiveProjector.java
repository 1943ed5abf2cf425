package ipn.projector;

import static ipn.projector.Projection.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import ipn.embedded.KafkaUnderTest;
import ipn.projector.catalogue.CatalogueHistory;
import ipn.projector.notification.NotificationPolicy;
import ipn.runtime.streams.StreamsConfiguration;
import ipn.runtime.streams.StreamsStage;
import ipn.topics.KafkaSettings;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.state.Stores;

/** A projector on a real broker, with topics of its own, each with one partition. Its clock stands still. */
final class LiveProjector implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    final KafkaSettings kafka;
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final StreamsStage stage;

    private LiveProjector(KafkaSettings kafka, Path folder, Duration commitInterval, Map<String, Object> more) {
        this.kafka = kafka;
        var topology = EntitlementTopology.build(
                kafka,
                CatalogueHistory.always(Products.CATALOGUE),
                Safeguards.DEFAULTS,
                NotificationPolicy.DEFAULTS,
                meters,
                Clock.fixed(NOON, ZoneOffset.UTC),
                Stores::inMemoryKeyValueStore);
        var configuration = new StreamsConfiguration(applicationId(), folder, commitInterval, 1, more);
        stage = StreamsStage.start("projector", topology, configuration, kafka, meters);
    }

    /**
     * Starts one and waits until it is ready.
     *
     * @param test whose topics it has
     * @param more settings of Kafka Streams
     */
    static LiveProjector start(Class<?> test, Path folder, Duration commitInterval, Map<String, Object> more) {
        var broker = KafkaUnderTest.shared();
        var kafka = new KafkaSettings(
                Map.of("bootstrap.servers", broker.bootstrapServers()),
                Map.of("schema.registry.url", "mock://" + test.getSimpleName()),
                broker.createTopics(test, 1));
        var started = new LiveProjector(kafka, folder, commitInterval, more);
        assertThat(started.stage.awaitReady(PATIENCE)).isTrue();
        return started;
    }

    String applicationId() {
        return topic("-projector");
    }

    /** The whole name of a topic of the catalogue. */
    String topic(String name) {
        return kafka.topics().name(name);
    }

    <T extends SpecificRecord> void write(String topic, String key, T value) throws Exception {
        try (var values = kafka.serdes().<T>serializer(type(value));
                var producer = new KafkaProducer<>(kafka.client(), new StringSerializer(), values)) {
            producer.send(new ProducerRecord<>(topic(topic), key, value)).get();
        }
    }

    @SuppressWarnings("unchecked") // the class of a value
    private static <T extends SpecificRecord> Class<T> type(T value) {
        return (Class<T>) value.getClass();
    }

    /** Reads what is committed. */
    KafkaConsumer<byte[], byte[]> reader() {
        var client = kafka.client();
        client.put("isolation.level", "read_committed");
        return new KafkaConsumer<>(client, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    @Override
    public void close() {
        stage.close();
    }
}
