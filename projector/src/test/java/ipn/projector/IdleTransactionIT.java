package ipn.projector;

import static ipn.projector.Payments.captured;
import static ipn.projector.Projection.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import ipn.avro.Decision;
import ipn.avro.DecisionKind;
import ipn.avro.DecisionTarget;
import ipn.avro.Order;
import ipn.avro.OutcomeKind;
import ipn.embedded.KafkaUnderTest;
import ipn.polling.Polling;
import ipn.projector.catalogue.CatalogueHistory;
import ipn.projector.notification.NotificationPolicy;
import ipn.runtime.streams.StreamsConfiguration;
import ipn.runtime.streams.StreamsStage;
import ipn.topics.KafkaSettings;
import ipn.topics.TopicCatalogue;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
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

/** When nothing more waits, the transaction of the projector ends at each hop, and does not stay open until the commit interval has passed. */
@Timeout(120)
class IdleTransactionIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** A commit interval longer than any test. */
    private static final Duration NEVER = Duration.ofMinutes(10);

    @TempDir
    Path folder;

    private final KafkaSettings kafka = kafka();

    @Test
    void access_is_committed_when_nothing_more_waits() throws Exception {
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
                kafka.topics().name("-projector"),
                folder,
                NEVER,
                1,
                Map.of("producer.transaction.timeout.ms", "900000"));
        try (var stage = StreamsStage.start("projector", topology, configuration, kafka, meters)) {
            assertThat(stage.awaitReady(PATIENCE)).isTrue();
            write(TopicCatalogue.ORDERS, "o_1", order());
            var paid = captured("pi_1", NOON, 2500, 0).setReferences(Map.of("order", "o_1"));
            write(
                    TopicCatalogue.OUTCOMES,
                    paid.getPaymentKey(),
                    Projection.outcome(OutcomeKind.APPLIED, paid.getPaymentKey(), 0)
                            .setPayment(paid.build())
                            .build());
            awaitEvents(1);
            write(TopicCatalogue.DECISIONS, "u_7", grant());
            awaitEvents(2);
        }
    }

    private static Order order() {
        return Order.newBuilder()
                .setOrderId("o_1")
                .setSubject("u_42")
                .setProduct("promoted-post")
                .setReference("post_7")
                .setAmount(2500)
                .setCurrency("USD")
                .setCreatedAt(NOON)
                .setLive(true)
                .build();
    }

    private static Decision grant() {
        return Decision.newBuilder()
                .setDecisionId("d_1")
                .setKind(DecisionKind.GRANT)
                .setTarget(DecisionTarget.SUBJECT)
                .setAbout("u_7")
                .setBy("ada")
                .setAt(NOON)
                .setWhy("looked into")
                .setEntitlement("premium")
                .setProduct("premium")
                .setFrom(NOON)
                .setUntil(NOON.plus(Duration.ofDays(20)))
                .build();
    }

    private <T extends SpecificRecord> void write(String topic, String key, T value) throws Exception {
        try (var values = kafka.serdes().<T>serializer(type(value));
                var producer = new KafkaProducer<>(kafka.client(), new StringSerializer(), values)) {
            producer.send(new ProducerRecord<>(kafka.topics().name(topic), key, value))
                    .get();
        }
    }

    @SuppressWarnings("unchecked") // the class of a value
    private static <T extends SpecificRecord> Class<T> type(T value) {
        return (Class<T>) value.getClass();
    }

    /** Each transaction ends with a marker, which takes an offset after its event. */
    private void awaitEvents(int count) {
        var partition = new TopicPartition(kafka.topics().name(TopicCatalogue.ENTITLEMENTS), 0);
        var client = kafka.client();
        client.put("isolation.level", "read_committed");
        try (var consumer = new KafkaConsumer<>(client, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            assertThat(Polling.upTo(PATIENCE)
                            .until(() -> consumer.endOffsets(List.of(partition)).get(partition) >= 2L * count))
                    .as("event %d is committed", count)
                    .isTrue();
        }
    }

    private static KafkaSettings kafka() {
        var broker = KafkaUnderTest.shared();
        var topics = broker.createTopics(IdleTransactionIT.class, 1);
        return new KafkaSettings(
                Map.of("bootstrap.servers", broker.bootstrapServers()),
                Map.of("schema.registry.url", "mock://idle-projector"),
                topics);
    }
}
