package ipn.access.order;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import ipn.access.order.Orders.Outcome;
import ipn.avro.Order;
import ipn.embedded.BrokerOptions;
import ipn.embedded.EmbeddedBroker;
import ipn.embedded.EmbeddedRegistry;
import ipn.polling.Polling;
import ipn.topics.KafkaSettings;
import ipn.topics.TopicCatalogue;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Orders that are written to a real broker, by several processes. */
@Timeout(120)
class OrdersIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final OrderSettings SETTINGS = new OrderSettings(true, 10_000, Duration.ofHours(24));
    private static final String TOPIC = "ipn.orders";

    @TempDir
    static Path folder;

    private static EmbeddedBroker broker;
    private static EmbeddedRegistry registry;
    private static KafkaSettings kafka;

    @BeforeAll
    static void start() throws Exception {
        broker = EmbeddedBroker.start(folder.resolve("kafka"), 0, BrokerOptions.defaults());
        registry = EmbeddedRegistry.start(folder.resolve("schemas.json"), 0);
        kafka = new KafkaSettings(
                Map.of("bootstrap.servers", broker.bootstrapServers()),
                Map.of("schema.registry.url", registry.url()),
                TopicCatalogue.defaults());
        try (var admin = Admin.create(Map.<String, Object>of("bootstrap.servers", broker.bootstrapServers()))) {
            var topic = new NewTopic(TOPIC, 2, (short) 1).configs(Map.of("cleanup.policy", "compact"));
            admin.createTopics(List.of(topic)).all().get();
        }
    }

    @AfterAll
    static void stop() {
        registry.close();
        broker.close();
    }

    private static OrderWrites process() {
        return process(SETTINGS);
    }

    private static OrderWrites process(OrderSettings settings) {
        return process(settings, new SimpleMeterRegistry());
    }

    private static OrderWrites process(OrderSettings settings, MeterRegistry meters) {
        var writes = OrderWrites.start(kafka, settings, meters, Clock.systemUTC());
        assertThat(Polling.upTo(PATIENCE).until(writes::loaded)).isTrue();
        return writes;
    }

    private static Order order(String id, long amount) {
        return Order.newBuilder()
                .setOrderId(id)
                .setSubject("u_42")
                .setProduct("premium")
                .setAmount(amount)
                .setCurrency("USD")
                .setCreatedAt(Instant.parse("2026-09-01T12:00:00Z"))
                .setLive(false)
                .build();
    }

    private static CompletionStage<Outcome> put(OrderWrites process, String id, long amount) {
        return process.put(order(id, amount), "shop", "key of " + id);
    }

    private static Outcome await(CompletionStage<Outcome> outcome) throws Exception {
        return outcome.toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    /** Amounts of the records of an order, in the order of the topic. */
    private static List<Long> written(String id) {
        var settings = new HashMap<String, Object>(kafka.clients());
        settings.put("isolation.level", "read_committed");
        var amounts = new ArrayList<Long>();
        try (var consumer = new KafkaConsumer<>(
                settings, new StringDeserializer(), kafka.serdes().deserializer(Order.class))) {
            var partitions = List.of(new TopicPartition(TOPIC, 0), new TopicPartition(TOPIC, 1));
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(each -> consumer.position(each) < ends.get(each))) {
                consumer.poll(Duration.ofMillis(50)).forEach(record -> {
                    if (record.key().equals(id)) {
                        amounts.add(record.value() == null ? -1 : record.value().getAmount());
                    }
                });
            }
        }
        return amounts;
    }

    /** As a checkout with a producer of its own does. */
    private static void writeByKafka(String id, @Nullable Order order) throws Exception {
        try (var producer = new KafkaProducer<>(
                kafka.client(), new StringSerializer(), kafka.serdes().serializer(Order.class))) {
            producer.send(new ProducerRecord<>(TOPIC, id, order)).get();
        }
    }

    @Test
    void an_order_is_written_once_whoever_is_asked_again_and_after_a_restart() throws Exception {
        var meters = new SimpleMeterRegistry();
        try (var one = process();
                var two = process(SETTINGS, meters)) {
            var before = remembered(meters);
            assertThat(await(put(one, "o_once", 800))).isEqualTo(Outcome.CREATED);
            assertThat(await(put(one, "o_once", 800))).isEqualTo(Outcome.UNCHANGED);
            // before it has read the record, the other process would write the same again
            assertThat(Polling.upTo(PATIENCE).until(() -> remembered(meters) > before))
                    .isTrue();
            assertThat(await(put(two, "o_once", 800))).isEqualTo(Outcome.UNCHANGED);
            assertThat(await(put(two, "o_once", 900))).isEqualTo(Outcome.OTHER_CONTENT);
            assertThat(await(two.put(order("o_other", 1), "shop", "key of o_once")))
                    .isEqualTo(Outcome.KEY_USED);
            assertThat(await(two.put(order("o_other", 1), "another shop", "key of o_once")))
                    .as("the same key of another caller")
                    .isEqualTo(Outcome.CREATED);
        }
        try (var later = process()) {
            assertThat(await(put(later, "o_once", 800))).isEqualTo(Outcome.UNCHANGED);
            assertThat(await(put(later, "o_once", 900))).isEqualTo(Outcome.OTHER_CONTENT);
        }
        assertThat(written("o_once")).containsExactly(800L);
    }

    private static boolean is(CompletionStage<Outcome> outcome, Outcome expected) {
        try {
            return await(outcome) == expected;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static double remembered(MeterRegistry meters) {
        return meters.get("ipn.access.orders.remembered").gauge().value();
    }

    @Test
    void of_two_contents_at_the_same_time_one_is_written_and_stays_the_newest() throws Exception {
        try (var one = process();
                var two = process()) {
            for (var i = 0; i < 5; i++) {
                var id = "o_race_" + i;
                var first = put(one, id, 1);
                var second = put(two, id, 2);
                var outcomes = List.of(await(first), await(second));
                assertThat(outcomes).containsExactlyInAnyOrder(Outcome.CREATED, Outcome.OTHER_CONTENT);
                var winner = outcomes.indexOf(Outcome.CREATED) + 1L;
                assertThat(written(id)).last().isEqualTo(winner);
                assertThat(await(put(one, id, winner))).isEqualTo(Outcome.UNCHANGED);
                assertThat(await(put(one, id, 3 - winner))).isEqualTo(Outcome.OTHER_CONTENT);
            }
        }
    }

    @Test
    void the_same_at_the_same_time_is_written_once_by_one_process() throws Exception {
        try (var process = process()) {
            var all = IntStream.range(0, 50)
                    .mapToObj(i -> put(process, "o_many", 5).toCompletableFuture())
                    .toList();
            var outcomes = new ArrayList<Outcome>();
            for (CompletableFuture<Outcome> each : all) {
                outcomes.add(await(each));
            }
            assertThat(outcomes).containsOnlyOnce(Outcome.CREATED).contains(Outcome.UNCHANGED);
            assertThat(outcomes).hasSize(50).doesNotContain(Outcome.OTHER_CONTENT);
        }
        assertThat(written("o_many")).containsExactly(5L);
    }

    @Test
    void an_order_that_was_written_or_withdrawn_by_other_means_is_known() throws Exception {
        writeByKafka("o_kafka", order("o_kafka", 7));
        writeByKafka("o_withdrawn", order("o_withdrawn", 7));
        writeByKafka("o_withdrawn", null);
        try (var process = process()) {
            assertThat(await(put(process, "o_kafka", 7))).isEqualTo(Outcome.UNCHANGED);
            assertThat(await(put(process, "o_kafka", 8))).isEqualTo(Outcome.OTHER_CONTENT);
            assertThat(await(put(process, "o_withdrawn", 7))).isEqualTo(Outcome.OTHER_CONTENT);
        }
    }

    @Test
    void a_record_says_who_has_written_it_but_not_by_which_key() throws Exception {
        try (var process = process()) {
            assertThat(await(process.put(order("o_header", 1), "shop", "secret key")))
                    .isEqualTo(Outcome.CREATED);
        }
        var settings = new HashMap<String, Object>(kafka.clients());
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            var partitions = List.of(new TopicPartition(TOPIC, 0), new TopicPartition(TOPIC, 1));
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var headers = new ArrayList<String>();
            assertThat(Polling.upTo(PATIENCE).until(() -> {
                        consumer.poll(Duration.ofMillis(100)).forEach(record -> {
                            if ("o_header".equals(record.key())) {
                                record.headers()
                                        .forEach(each -> headers.add(each.key() + " " + new String(each.value())));
                            }
                        });
                        return !headers.isEmpty();
                    }))
                    .isTrue();
            assertThat(headers).hasSize(2).contains("ipn.written-by shop").noneMatch(each -> each.contains("secret"));
        }
    }

    @Test
    void what_is_older_than_the_window_is_not_known_and_can_be_written_again() throws Exception {
        try (var process = process()) {
            assertThat(await(put(process, "o_old", 1))).isEqualTo(Outcome.CREATED);
        }
        try (var process = process(new OrderSettings(true, 10_000, Duration.ZERO))) {
            assertThat(await(put(process, "o_old", 1))).isEqualTo(Outcome.CREATED);
        }
    }

    @Tag("long")
    @Test
    void while_kafka_is_away_no_caller_waits_and_the_same_request_succeeds_later() throws Exception {
        try (var process = process()) {
            assertThat(await(put(process, "o_before", 1))).isEqualTo(Outcome.CREATED);
            broker.killHard();
            var begun = System.nanoTime();
            var all = IntStream.range(0, 3_000)
                    .mapToObj(i -> put(process, "o_away_" + i, 1).toCompletableFuture())
                    .toList();
            assertThat(Duration.ofNanos(System.nanoTime() - begun))
                    .as("put does not block")
                    .isLessThan(Duration.ofSeconds(2));
            var outcomes = new HashMap<Outcome, Integer>();
            for (CompletableFuture<Outcome> each : all) {
                outcomes.merge(await(each), 1, Integer::sum);
            }
            assertThat(outcomes)
                    .containsOnlyKeys(Outcome.UNCONFIRMED, Outcome.BUSY)
                    .containsEntry(Outcome.BUSY, 1_000);
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(6));

            broker.restart();
            assertThat(Polling.upTo(PATIENCE)
                            .every(Duration.ofMillis(200))
                            .until(() -> Optional.of(put(process, "o_away_0", 1))
                                    .filter(each -> is(each, Outcome.CREATED) || is(each, Outcome.UNCHANGED))
                                    .isPresent()))
                    .isTrue();
            assertThat(written("o_away_0")).isNotEmpty().containsOnly(1L);
        }
    }
}
