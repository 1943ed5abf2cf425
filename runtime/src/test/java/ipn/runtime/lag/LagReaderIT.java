package ipn.runtime.lag;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import ipn.embedded.KafkaUnderTest;
import ipn.polling.Polling;
import ipn.topics.KafkaSettings;
import ipn.topics.TopicCatalogue;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What counts as behind, on a broker with transaction markers. */
@Timeout(120)
class LagReaderIT {
    private static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");

    private final KafkaSettings kafka = kafka();
    private final String topic = kafka.topics().name(TopicCatalogue.OUTCOMES);
    private final TopicPartition partition = new TopicPartition(topic, 0);

    @Test
    void transaction_markers_are_no_records() {
        try (var reader = reader()) {
            assertThat(reader.read().records()).containsExactly(Map.entry(topic, 0L));

            write(3, true, NOON);
            write(2, true, NOON.plusSeconds(60));
            var all = reader.read();
            assertThat(all.records()).containsExactly(Map.entry(topic, 5L));
            assertThat(all.oldest()).contains(NOON);

            commit(3); // a marker and two records behind the first transaction
            var half = reader.read();
            assertThat(half.records()).containsExactly(Map.entry(topic, 2L));
            assertThat(half.oldest()).contains(NOON.plusSeconds(60));

            commit(6); // only the last marker is left
            var none = reader.read();
            assertThat(none.records()).containsExactly(Map.entry(topic, 0L));
            assertThat(none.oldest()).isEmpty();
            assertThat(reader.read().records()).containsExactly(Map.entry(topic, 0L));
        }
    }

    @Test
    void what_was_aborted_is_no_lag() {
        write(4, false, NOON);
        try (var reader = reader()) {
            assertThat(reader.read().records()).containsExactly(Map.entry(topic, 0L));
        }
    }

    @Test
    void what_stands_behind_a_transaction_that_stays_open_waits_since_that_began() {
        var bytes = new ByteArraySerializer();
        var properties = kafka.client();
        properties.put("transactional.id", topic + "-open");
        try (var reader = reader();
                var producer = new KafkaProducer<>(properties, bytes, bytes)) {
            producer.initTransactions();
            producer.beginTransaction();
            var unused =
                    producer.send(new ProducerRecord<>(topic, 0, NOON.toEpochMilli(), null, "value".getBytes(UTF_8)));
            producer.flush();
            write(2, true, NOON.plusSeconds(60));

            var open = reader.read();
            assertThat(open.oldest()).contains(NOON);
            assertThat(open.records().get(topic)).as("and a marker").isEqualTo(4);
            assertThat(reader.read())
                    .usingRecursiveComparison()
                    .ignoringFields("readAt")
                    .isEqualTo(open);

            producer.abortTransaction();
            assertThat(Polling.upTo(Duration.ofSeconds(30))
                            .until(() -> reader.read().oldest().equals(Optional.of(NOON.plusSeconds(60)))))
                    .as("the markers of the abort are written after it returns")
                    .isTrue();
            assertThat(reader.read().records()).containsExactly(Map.entry(topic, 2L));
        }
    }

    @Test
    void a_long_rest_is_not_counted_and_its_first_record_is_the_oldest() {
        write(LagReader.COUNTED_MAX + 50, true, NOON);
        try (var reader = reader()) {
            var lag = reader.read();
            assertThat(lag.records().get(topic)).isBetween(LagReader.COUNTED_MAX + 50L, LagReader.COUNTED_MAX + 51L);
            assertThat(lag.oldest()).contains(NOON);
            assertThat(reader.read().records()).isEqualTo(lag.records());
        }
    }

    @Test
    void the_watch_shows_it() {
        write(2, true, NOON);
        var meters = new SimpleMeterRegistry();
        var watch = LagWatch.start("copy", kafka, group(), Set.of(topic), meters);
        try (watch) {
            var lag = meters.get("ipn.stage.lag.records").tag("topic", topic).gauge();
            assertThat(Polling.upTo(Duration.ofSeconds(30)).until(() -> lag.value() == 2))
                    .isTrue();
            var oldest = meters.get("ipn.stage.oldest.unprocessed.seconds").gauge();
            var age = Duration.between(NOON, Instant.now()).toSeconds();
            assertThat(oldest.value()).isBetween(age - 60.0, age + 60.0);
        }
    }

    private LagReader reader() {
        return new LagReader(kafka, group(), Set.of(topic), Clock.systemUTC());
    }

    private String group() {
        return topic + "-group";
    }

    private void write(int records, boolean committed, Instant at) {
        var bytes = new ByteArraySerializer();
        var properties = kafka.client();
        properties.put("transactional.id", topic);
        try (var producer = new KafkaProducer<>(properties, bytes, bytes)) {
            producer.initTransactions();
            producer.beginTransaction();
            for (var record = 0; record < records; record++) {
                var unused =
                        producer.send(new ProducerRecord<>(topic, 0, at.toEpochMilli(), null, "value".getBytes(UTF_8)));
            }
            producer.flush();
            if (committed) {
                producer.commitTransaction();
            } else {
                producer.abortTransaction();
            }
        }
    }

    private void commit(long offset) {
        var properties = kafka.client();
        properties.put("group.id", group());
        var bytes = new ByteArrayDeserializer();
        try (var consumer = new KafkaConsumer<>(properties, bytes, bytes)) {
            consumer.assign(List.of(partition));
            consumer.commitSync(Map.of(partition, new OffsetAndMetadata(offset)));
        }
    }

    private static KafkaSettings kafka() {
        var broker = KafkaUnderTest.shared();
        var topics = broker.createTopics(LagReaderIT.class, 1);
        return new KafkaSettings(Map.of("bootstrap.servers", broker.bootstrapServers()), Map.of(), topics);
    }
}
