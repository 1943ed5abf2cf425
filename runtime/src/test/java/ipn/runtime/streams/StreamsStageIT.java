package ipn.runtime.streams;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import ipn.embedded.KafkaUnderTest;
import ipn.polling.Polling;
import ipn.topics.KafkaSettings;
import ipn.topics.TopicCatalogue;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A stage that copies raw records to outcomes, and what becomes of its transactions. */
@Timeout(120)
class StreamsStageIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** So many records are not held until the transaction ends. */
    private static final int MORE_THAN_ARE_HELD = 1_001;

    /** A commit interval longer than any test. */
    private static final Duration NEVER = Duration.ofMinutes(10);

    @TempDir
    Path folder;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final KafkaSettings kafka = kafka();

    @Test
    void it_is_ready_processes_and_stops() throws Exception {
        var stage = start(copied -> {});
        try (stage) {
            assertThat(stage.awaitReady(PATIENCE)).isTrue();
            assertThat(stage.state()).isEqualTo("RUNNING");
            assertThat(running()).isOne();
            write("a", "b");
            awaitOutcomes("a", "b");
        }
        stage.awaitEnd();
        assertThat(stage.ready()).isFalse();
        assertThat(stage.state()).isEqualTo("NOT_RUNNING");
        assertThat(running()).isZero();
    }

    @Test
    void what_it_wrote_before_it_is_stopped_is_committed_and_a_restart_does_not_repeat_it() throws Exception {
        write("a");
        try (var stage = start(copied -> {})) {
            awaitOutcomes("a");
        }
        write("b");
        try (var stage = start(copied -> {})) {
            awaitOutcomes("a", "b");
        }
        assertThat(outcomes("read_uncommitted")).containsExactly("a", "b");
    }

    @Test
    void a_failed_thread_is_replaced_and_what_it_wrote_is_aborted() {
        var failures = new AtomicInteger();
        write("a");
        Consumer<String> failingOnce = copied -> {
            if (failures.getAndIncrement() == 0) {
                // the broker has records of the transaction before the thread fails
                assertThat(Polling.upTo(PATIENCE)
                                .until(() -> !outcomes("read_uncommitted").isEmpty()))
                        .isTrue();
                throw new IllegalStateException("fails once");
            }
        };
        var copies = Collections.nCopies(MORE_THAN_ARE_HELD, "a").toArray(String[]::new);
        try (var stage = start(new Copying(copies.length, failingOnce), 50, Duration.ofMillis(200))) {
            awaitOutcomes(copies);
            assertThat(stage.awaitReady(PATIENCE)).isTrue();
        }
        assertThat(outcomes("read_uncommitted")).hasSizeGreaterThan(copies.length);
        assertThat(outcomes("read_committed")).containsExactly(copies);
    }

    @Test
    void a_stage_that_fails_more_often_than_allowed_ends_by_itself() throws Exception {
        write("a");
        Consumer<String> failing = copied -> {
            throw new IllegalStateException("fails always");
        };
        try (var stage = start(failing, 0)) {
            stage.awaitEnd();
            assertThat(stage.ready()).isFalse();
            assertThat(stage.awaitReady(Duration.ofDays(1))).isFalse();
            assertThat(running()).isZero();
        }
        assertThat(outcomes("read_committed")).isEmpty();
    }

    @Test
    void a_stage_that_pauses_commits_nothing_of_it_and_stays_until_it_is_started_again() {
        var seen = new AtomicInteger();
        write("a", "b");
        Consumer<String> pausing = copied -> {
            seen.incrementAndGet();
            if (copied.equals("b")) {
                throw new StagePauseException("too many failures");
            }
        };
        try (var stage = start(pausing, 0, NEVER)) {
            assertThat(Polling.upTo(PATIENCE).until(() -> seen.get() >= 2 && !stage.ready() && stage.isPaused()))
                    .isTrue();
            assertThat(Polling.upTo(PATIENCE).until(() -> stage.state().equals("RUNNING")))
                    .isTrue();
            assertThat(stage.ready()).isFalse();
            assertThat(outcomes("read_committed")).isEmpty();
        }
        try (var stage = start(copied -> {})) {
            awaitOutcomes("a", "b");
        }
    }

    @Test
    void a_transaction_ends_when_there_is_nothing_more_to_process() {
        try (var stage = start(copied -> {}, 50, NEVER)) {
            write("a");
            awaitOutcomes("a");
            write("b");
            awaitOutcomes("a", "b");
            write("c");
            awaitOutcomes("a", "b", "c");
        }
    }

    @Test
    void what_waits_for_a_stage_shares_transactions() {
        var many = IntStream.range(0, 5_000).mapToObj(Integer::toString).toArray(String[]::new);
        write(many);
        try (var stage = start(copied -> {}, 50, NEVER)) {
            awaitOutcomes(many);
        }
        // each transaction writes one marker, which takes an offset
        assertThat(end() - many.length).isBetween(1L, 500L);
    }

    private StreamsStage start(Consumer<String> afterCopy) {
        return start(afterCopy, 50);
    }

    private StreamsStage start(Consumer<String> afterCopy, int deathsMax) {
        // long enough that no transaction ends between a write and the failure behind it
        return start(afterCopy, deathsMax, Duration.ofMillis(200));
    }

    private StreamsStage start(Consumer<String> afterCopy, int deathsMax, Duration commitInterval) {
        return start(new Copying(1, afterCopy), deathsMax, commitInterval);
    }

    private StreamsStage start(Copying copying, int deathsMax, Duration commitInterval) {
        var bytes = new ByteArrayDeserializer();
        var topology = new Topology()
                .addSource("raw", bytes, bytes, topic(TopicCatalogue.RAW))
                .addProcessor("copy", PacedCommits.noting(() -> new Copy(copying)), "raw")
                .addSink(
                        "outcomes",
                        topic(TopicCatalogue.OUTCOMES),
                        new ByteArraySerializer(),
                        new ByteArraySerializer(),
                        "copy");
        var application = topic("-stage");
        var configuration = new StreamsConfiguration(
                application, folder, commitInterval, 1, Map.of("producer.transaction.timeout.ms", "900000"));
        return StreamsStage.start(
                "copy",
                topology,
                configuration,
                kafka,
                meters,
                new StreamsStage.Limits(deathsMax, Duration.ofSeconds(30)));
    }

    /**
     * What the stage does with each record.
     *
     * @param times it forwards it so often
     * @param afterwards and then does this
     */
    private record Copying(int times, Consumer<String> afterwards) {}

    private static final class Copy extends ContextualProcessor<byte[], byte[], byte[], byte[]> {
        private final Copying copying;

        Copy(Copying copying) {
            this.copying = copying;
        }

        @Override
        public void process(Record<byte[], byte[]> record) {
            for (var time = 0; time < copying.times(); time++) {
                context().forward(record);
            }
            copying.afterwards().accept(new String(record.value(), UTF_8));
        }
    }

    private static KafkaSettings kafka() {
        var broker = KafkaUnderTest.shared();
        var topics = broker.createTopics(StreamsStageIT.class, 1);
        return new KafkaSettings(Map.of("bootstrap.servers", broker.bootstrapServers()), Map.of(), topics);
    }

    private String topic(String name) {
        return kafka.topics().name(name);
    }

    private void write(String... values) {
        var bytes = new ByteArraySerializer();
        try (var producer = new KafkaProducer<>(kafka.client(), bytes, bytes)) {
            var sent = Arrays.stream(values)
                    .map(value -> producer.send(new ProducerRecord<>(topic(TopicCatalogue.RAW), value.getBytes(UTF_8))))
                    .toList();
            producer.flush();
            assertThat(sent).allSatisfy(each -> assertThat(each.get()).isNotNull());
        }
    }

    private void awaitOutcomes(String... values) {
        var unused =
                Polling.upTo(PATIENCE).until(() -> outcomes("read_committed").size() >= values.length);
        assertThat(outcomes("read_committed")).containsExactly(values);
    }

    private List<String> outcomes(String isolation) {
        var properties = kafka.client();
        properties.put("isolation.level", isolation);
        var partition = new TopicPartition(topic(TopicCatalogue.OUTCOMES), 0);
        var bytes = new ByteArrayDeserializer();
        try (var consumer = new KafkaConsumer<>(properties, bytes, bytes)) {
            var values = new ArrayList<String>();
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            var end = consumer.endOffsets(List.of(partition)).get(partition);
            while (consumer.position(partition) < end) {
                consumer.poll(Duration.ofMillis(100)).forEach(record -> values.add(new String(record.value(), UTF_8)));
            }
            return values;
        }
    }

    private long end() {
        var partition = new TopicPartition(topic(TopicCatalogue.OUTCOMES), 0);
        var bytes = new ByteArrayDeserializer();
        try (var consumer = new KafkaConsumer<>(kafka.client(), bytes, bytes)) {
            return consumer.endOffsets(List.of(partition)).get(partition);
        }
    }

    private double running() {
        return meters.get("ipn.stage.running").tag("stage", "copy").gauge().value();
    }
}
