package ipn.processor.deferred;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import ipn.embedded.KafkaUnderTest;
import ipn.polling.Polling;
import ipn.topics.Headers;
import ipn.topics.KafkaSettings;
import ipn.topics.TopicCatalogue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DeferredRecordsIT {
    /** Longer than a request to the broker may take. */
    private static final Duration TIMEOUT = Duration.ofMinutes(3);

    private static final int PARTITIONS = 2;

    private final DeferredRecords.Groups groups =
            new DeferredRecords.Groups("processor-" + UUID.randomUUID(), "projector-" + UUID.randomUUID());
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private KafkaSettings kafka;
    private final ScheduledExecutorService stages = Executors.newSingleThreadScheduledExecutor();
    private Admin admin;
    private volatile @Nullable Exception failed;

    @BeforeEach
    void topics() {
        var under = KafkaUnderTest.shared();
        var topics = under.createTopics(getClass(), PARTITIONS);
        kafka = new KafkaSettings(Map.of("bootstrap.servers", under.bootstrapServers()), Map.of(), topics);
        admin = Admin.create(kafka.client());
    }

    @AfterEach
    void close() {
        stages.shutdownNow();
        admin.close();
    }

    @Test
    void each_record_is_moved_with_its_key_its_bytes_and_its_headers() throws Exception {
        defer(0, 100);
        try (var moving = start()) {
            awaitMoved(100);
        }

        var moved = raw();
        assertThat(moved).extracting(DeferredRecordsIT::text).containsExactlyInAnyOrderElementsOf(texts(0, 100));
        assertThat(moved).allSatisfy(record -> {
            assertThat(new String(record.key(), UTF_8)).isEqualTo("key of " + text(record));
            assertThat(record.headers().toArray()).containsExactly(new RecordHeader(Headers.CE_TYPE, record.value()));
        });
        assertThat(meters.get("ipn.processor.deferred.moved").counter().count()).isEqualTo(100);
    }

    @Test
    void a_process_continues_where_another_has_stopped() throws Exception {
        defer(0, 100);
        try (var first = start()) {
            awaitMoved(100);
        }
        defer(100, 100);
        try (var second = start()) {
            awaitMoved(200);
        }

        assertThat(raw()).extracting(DeferredRecordsIT::text).containsExactlyInAnyOrderElementsOf(texts(0, 200));
    }

    @Test
    void a_batch_that_was_stored_and_not_committed_is_moved_again() throws Exception {
        defer(0, 20);
        try (var first = start()) {
            awaitMoved(20);
        }
        // as if it had been killed between the two
        admin.deleteConsumerGroups(List.of(groups.deferred())).all().get();
        try (var second = start()) {
            awaitMoved(40);
        }

        assertThat(raw()).extracting(DeferredRecordsIT::text).containsAll(texts(0, 20));
        assertThat(committed()).isEqualTo(20);
    }

    @Test
    void the_next_batch_waits_until_the_stages_have_processed_the_last_one() throws Exception {
        defer(0, 400);
        try (var moving = start(false)) {
            awaitMoved(1);
            assertThat(Polling.upTo(Duration.ofSeconds(3)).until(() -> count(raw()) > BatchSize.MIN))
                    .as("more than the first batch, which the stages have not processed")
                    .isFalse();
            assertThat(meters.get("ipn.processor.deferred.waiting").gauge().value())
                    .isGreaterThan(100);

            process();
            awaitMoved(BatchSize.MIN + 1);
        }
    }

    @Test
    void while_the_offsets_of_the_stages_cannot_be_read_nothing_waits_for_them() throws Exception {
        admin.deleteTopics(List.of(name(TopicCatalogue.CLAIMS))).all().get();
        defer(0, 200);
        try (var moving = start(false)) {
            awaitMoved(200);
        }

        assertThat(meters.get("ipn.processor.deferred.passage").timer().count()).isZero();
    }

    @Test
    void many_records_of_one_account_do_not_delay_the_few_of_another() throws Exception {
        deferTo(0, 0, 2_000);
        deferTo(1, 2_000, 3);
        try (var moving = start()) {
            awaitMoved(1_500);
        }

        assertThat(raw()).extracting(DeferredRecordsIT::text).containsAll(texts(2_000, 3));
    }

    private DeferredRecords start() {
        return start(true);
    }

    /** @param processing whether the stages are there */
    private DeferredRecords start(boolean processing) {
        if (processing) {
            stages.scheduleWithFixedDelay(this::processIfPossible, 0, 10, TimeUnit.MILLISECONDS);
        }
        return DeferredRecords.start(kafka, groups, meters);
    }

    /** A broker that has just made the topics may not know them; the executor does not run again what threw. */
    private void processIfPossible() {
        try {
            process();
        } catch (ExecutionException e) {
            failed = e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What two stages without work would do: commit the ends of what they read. */
    private void process() throws ExecutionException, InterruptedException {
        commit(groups.processor(), TopicCatalogue.RAW);
        commit(groups.projector(), TopicCatalogue.OUTCOMES, TopicCatalogue.ALLOCATIONS, TopicCatalogue.CLAIMS);
    }

    private void commit(String group, String... topics) throws ExecutionException, InterruptedException {
        var latest = new HashMap<TopicPartition, OffsetSpec>();
        for (var topic : topics) {
            IntStream.range(0, PARTITIONS)
                    .forEach(partition -> latest.put(new TopicPartition(name(topic), partition), OffsetSpec.latest()));
        }
        var offsets = new HashMap<TopicPartition, OffsetAndMetadata>();
        admin.listOffsets(latest)
                .all()
                .get()
                .forEach((partition, end) -> offsets.put(partition, new OffsetAndMetadata(end.offset())));
        admin.alterConsumerGroupOffsets(group, offsets).all().get();
    }

    private long committed() throws ExecutionException, InterruptedException {
        return admin.listConsumerGroupOffsets(groups.deferred()).partitionsToOffsetAndMetadata().get().values().stream()
                .mapToLong(OffsetAndMetadata::offset)
                .sum();
    }

    private void defer(int from, int count) {
        deferTo(0, from, count / 2);
        deferTo(1, from + count / 2, count - count / 2);
    }

    private void deferTo(int partition, int from, int count) {
        var bytes = new ByteArraySerializer();
        try (var producer = new KafkaProducer<>(kafka.client(), bytes, bytes)) {
            for (var text : texts(from, count)) {
                var value = text.getBytes(UTF_8);
                var headers = List.<org.apache.kafka.common.header.Header>of(new RecordHeader(Headers.CE_TYPE, value));
                var unused = producer.send(new ProducerRecord<>(
                        name(TopicCatalogue.RAW_DEFERRED),
                        partition,
                        ("key of " + text).getBytes(UTF_8),
                        value,
                        headers));
            }
        }
    }

    private static List<String> texts(int from, int count) {
        return IntStream.range(from, from + count)
                .mapToObj(number -> "record " + number)
                .toList();
    }

    private void awaitMoved(int count) {
        assertThat(Polling.upTo(TIMEOUT).until(() -> count(raw()) >= count))
                .as("moved in time; the stages failed last with %s", failed)
                .isTrue();
    }

    private static int count(List<ConsumerRecord<byte[], byte[]>> records) {
        return records.size();
    }

    private static String text(ConsumerRecord<byte[], byte[]> record) {
        return new String(record.value(), UTF_8);
    }

    private List<ConsumerRecord<byte[], byte[]>> raw() {
        var bytes = new ByteArrayDeserializer();
        try (var consumer = new KafkaConsumer<>(kafka.client(), bytes, bytes)) {
            var partitions = consumer.partitionsFor(name(TopicCatalogue.RAW)).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var ends = consumer.endOffsets(partitions);
            var all = new ArrayList<ConsumerRecord<byte[], byte[]>>();
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(200)).forEach(all::add);
            }
            return all;
        }
    }

    private String name(String topic) {
        return kafka.topics().name(topic);
    }
}
