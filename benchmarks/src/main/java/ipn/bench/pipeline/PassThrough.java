package ipn.bench.pipeline;

import ipn.embedded.Owner;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;

/**
 * Main class of the baseline: two Streams applications, one after the other, that put each record into a persistent store and pass it on, exactly
 * once. That is the least that two stages with state can do. Everything else is as Kafka Streams has it by default.
 * Arguments: bootstrap servers, state folder, commit interval in milliseconds.
 */
public final class PassThrough {
    static final String INPUT = "bench-input";
    static final String MIDDLE = "bench-middle";
    static final String OUTPUT = "bench-output";
    static final List<String> TOPICS = List.of(INPUT, MIDDLE, OUTPUT);
    static final List<String> APPLICATIONS = List.of("bench-hop-1", "bench-hop-2");
    static final String READY = "ready";

    private static final String STORE = "records";

    private PassThrough() {}

    public static void main(String[] args) throws InterruptedException {
        Owner.haltWithIt();
        var state = Path.of(args[1]);
        var interval = Duration.ofMillis(Long.parseLong(args[2]));
        var running = new CountDownLatch(APPLICATIONS.size());
        for (var hop = 0; hop < APPLICATIONS.size(); hop++) {
            var streams = new KafkaStreams(
                    topology(TOPICS.get(hop), TOPICS.get(hop + 1)),
                    properties(args[0], state, interval, APPLICATIONS.get(hop)));
            streams.setStateListener((now, before) -> {
                if (now == KafkaStreams.State.RUNNING) {
                    running.countDown();
                } else if (now == KafkaStreams.State.ERROR) {
                    Runtime.getRuntime().halt(1);
                }
            });
            Runtime.getRuntime().addShutdownHook(new Thread(streams::close));
            streams.start();
        }
        running.await();
        System.out.println(READY);
    }

    private static Topology topology(String from, String to) {
        return new Topology()
                .addSource("source", new ByteArrayDeserializer(), new ByteArrayDeserializer(), from)
                .addProcessor("put", Put::new, "source")
                .addStateStore(
                        Stores.keyValueStoreBuilder(
                                Stores.persistentKeyValueStore(STORE), Serdes.ByteArray(), Serdes.ByteArray()),
                        "put")
                .addSink("sink", to, new ByteArraySerializer(), new ByteArraySerializer(), "put");
    }

    private static Properties properties(String bootstrap, Path state, Duration interval, String application) {
        var properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, application);
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap);
        properties.put(
                StreamsConfig.STATE_DIR_CONFIG, state.resolve(application).toString());
        properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        properties.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, Long.toString(interval.toMillis()));
        properties.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, "1");
        return properties;
    }

    private static final class Put implements Processor<byte[], byte[], byte[], byte[]> {
        private @Nullable ProcessorContext<byte[], byte[]> context;
        private @Nullable KeyValueStore<byte[], byte[]> store;

        @Override
        public void init(ProcessorContext<byte[], byte[]> ofTask) {
            context = ofTask;
            store = ofTask.getStateStore(STORE);
        }

        @Override
        public void process(Record<byte[], byte[]> record) {
            Objects.requireNonNull(store).put(record.key(), record.value());
            Objects.requireNonNull(context).forward(record);
        }
    }
}
