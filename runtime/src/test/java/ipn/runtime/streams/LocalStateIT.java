package ipn.runtime.streams;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import ipn.embedded.KafkaUnderTest;
import ipn.polling.Polling;
import ipn.topics.KafkaSettings;
import ipn.topics.TopicCatalogue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.ProcessorStateException;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rocksdb.Options;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

/** A stage that counts records by key in files, which are damaged, or slow to open. */
@Timeout(120)
class LocalStateIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int KEYS = 50;
    private static final int PARTITIONS = 8;
    private static final AtomicInteger OPENED = new AtomicInteger();
    private static volatile Duration opening = Duration.ZERO;

    @TempDir
    Path folder;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final KafkaSettings kafka = kafka();
    private final Map<String, Integer> counts = new ConcurrentHashMap<>();
    private final AtomicReference<Runnable> beforeCount = new AtomicReference<>(() -> {});

    @ParameterizedTest
    @ValueSource(strings = {"MANIFEST-", "CURRENT", ".sst"})
    void a_start_on_damaged_files_restores_them(String file) throws IOException {
        write();
        try (var stage = start()) {
            awaitCounts(1);
        }
        assertThat(damage(file)).as("files changed").isPositive();
        write();
        try (var stage = start()) {
            awaitCounts(2);
            assertThat(stage.awaitReady(PATIENCE)).isTrue();
        }
        assertThat(replacements("damage")).isOne();
    }

    @Test
    void a_store_that_cannot_be_read_is_restored_while_the_stage_runs() {
        write();
        try (var stage = start()) {
            awaitCounts(1);
            beforeCount.set(() -> {
                beforeCount.set(() -> {});
                throw new ProcessorStateException(
                        "block", new RocksDBException(new Status(Status.Code.Corruption, Status.SubCode.None, "")));
            });
            write();
            awaitCounts(2);
            assertThat(replacements("damage")).isOne();
        }
    }

    @Test
    void stores_that_open_slowly_are_waited_for() {
        write();
        try (var stage = start()) {
            awaitCounts(1);
        }
        write();
        opening = Duration.ofSeconds(1);
        OPENED.set(0);
        try (var stage = start(Duration.ofSeconds(PARTITIONS - 2))) {
            awaitCounts(2);
            assertThat(stage.awaitReady(PATIENCE)).isTrue();
        } finally {
            opening = Duration.ZERO;
        }
        assertThat(OPENED).as("stores opened").hasValueGreaterThanOrEqualTo(PARTITIONS);
        assertThat(replacements("stall")).isZero();
    }

    private double replacements(String reason) {
        return meters.get("ipn.stage.replacements")
                .tag("reason", reason)
                .counter()
                .count();
    }

    private int damage(String name) throws IOException {
        try (var files = Files.walk(folder)) {
            var damaged = files.filter(Files::isRegularFile)
                    .filter(file -> file.getFileName().toString().contains(name))
                    .toList();
            for (var file : damaged) {
                var bytes = Files.readAllBytes(file);
                for (var at = 0; at < bytes.length; at++) {
                    bytes[at] ^= 0x55;
                }
                Files.write(file, bytes);
            }
            return damaged.size();
        }
    }

    private void awaitCounts(int count) {
        assertThat(Polling.upTo(PATIENCE)
                        .until(() -> counts.size() == KEYS
                                && counts.values().stream().allMatch(each -> each == count)))
                .as("counts: " + counts)
                .isTrue();
    }

    private StreamsStage start() {
        return start(PATIENCE);
    }

    /** @param stall after so long without progress its clients are replaced */
    private StreamsStage start(Duration stall) {
        var topology = new Topology()
                .addSource("raw", new StringDeserializer(), new ByteArrayDeserializer(), topic())
                .addProcessor("count", PacedCommits.noting(Count::new), "raw")
                .addStateStore(
                        Stores.keyValueStoreBuilder(
                                Stores.persistentKeyValueStore("counts"), Serdes.String(), Serdes.Integer()),
                        "count");
        var configuration = new StreamsConfiguration(
                topic() + "-count",
                folder,
                Duration.ofMillis(100),
                1,
                Map.of(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, SlowToOpen.class));
        return StreamsStage.start("count", topology, configuration, kafka, meters, new StreamsStage.Limits(50, stall));
    }

    /** Each store takes as long to open as {@link #opening} says. */
    public static final class SlowToOpen implements RocksDBConfigSetter {
        private final RocksDBConfigSetter bounded = new BoundedRocksDb();

        @Override
        public void setConfig(String storeName, Options options, Map<String, Object> configs) {
            bounded.setConfig(storeName, options, configs);
            var unused = Polling.upTo(opening).until(() -> false);
            OPENED.incrementAndGet();
        }

        @Override
        public void close(String storeName, Options options) {
            bounded.close(storeName, options);
        }
    }

    private final class Count extends ContextualProcessor<String, byte[], Void, Void> {
        private KeyValueStore<String, Integer> store;

        @Override
        public void init(ProcessorContext<Void, Void> context) {
            super.init(context);
            store = context.getStateStore("counts");
        }

        @Override
        public void process(Record<String, byte[]> record) {
            beforeCount.get().run();
            var before = store.get(record.key());
            var count = before == null ? 1 : before + 1;
            store.put(record.key(), count);
            counts.put(record.key(), count);
        }
    }

    private static KafkaSettings kafka() {
        var broker = KafkaUnderTest.shared();
        var topics = broker.createTopics(LocalStateIT.class, PARTITIONS);
        return new KafkaSettings(Map.of("bootstrap.servers", broker.bootstrapServers()), Map.of(), topics);
    }

    private String topic() {
        return kafka.topics().name(TopicCatalogue.RAW);
    }

    /** One record of each key. */
    private void write() {
        var bytes = new ByteArraySerializer();
        try (var producer = new KafkaProducer<>(kafka.client(), bytes, bytes)) {
            IntStream.range(0, KEYS)
                    .mapToObj(key -> new ProducerRecord<>(topic(), ("k_" + key).getBytes(UTF_8), new byte[1]))
                    .forEach(producer::send);
            producer.flush();
        }
    }
}
