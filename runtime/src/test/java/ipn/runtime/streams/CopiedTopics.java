package ipn.runtime.streams;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import ipn.polling.Polling;
import ipn.topics.KafkaSettings;
import ipn.topics.TopicCatalogue;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;

/**
 * A topic of raw records, a topic of outcomes, and a stage that copies the first to the second.
 *
 * @param kafka where they are
 */
public record CopiedTopics(KafkaSettings kafka) {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** The topics of a broker that has only them. */
    public static CopiedTopics of(String bootstrapServers) {
        return new CopiedTopics(new KafkaSettings(
                Map.of("bootstrap.servers", bootstrapServers), Map.of(), new TopicCatalogue("ipn.", 1, (short) 1)));
    }

    /** Creates the topics. */
    public static CopiedTopics create(String bootstrapServers) {
        var topics = of(bootstrapServers);
        topics.administer(admin ->
                admin.createTopics(List.of(topics.topic(TopicCatalogue.RAW))).all());
        topics.createCopies();
        return topics;
    }

    /** Creates the topic of outcomes. */
    void createCopies() {
        administer(admin ->
                admin.createTopics(List.of(topic(TopicCatalogue.OUTCOMES))).all());
    }

    /** Deletes the topic of outcomes: whoever writes to it waits for it. */
    void deleteCopies() {
        administer(admin ->
                admin.deleteTopics(List.of(name(TopicCatalogue.OUTCOMES))).all());
    }

    private NewTopic topic(String name) {
        return new NewTopic(name(name), 1, (short) 1);
    }

    private void administer(Function<Admin, KafkaFuture<Void>> act) {
        try (var admin = Admin.create(kafka.client())) {
            act.apply(admin).get();
        } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Starts the stage; it does something with each record that it has copied. */
    StreamsStage startStage(Path state, Consumer<String> afterwards, MeterRegistry meters, StreamsStage.Limits limits) {
        return StreamsStage.start("copy", topology(afterwards), configuration(state), kafka, meters, limits);
    }

    /** Starts the stage as it is started in production. */
    public StreamsStage startStage(Path state, MeterRegistry meters) {
        return StreamsStage.start("copy", topology(copied -> {}), configuration(state), kafka, meters);
    }

    private static StreamsConfiguration configuration(Path state) {
        return new StreamsConfiguration("copy", state, Duration.ofMillis(100), 1, Map.of());
    }

    private Topology topology(Consumer<String> afterwards) {
        var bytes = new ByteArrayDeserializer();
        return new Topology()
                .addSource("raw", bytes, bytes, name(TopicCatalogue.RAW))
                .addProcessor("copy", PacedCommits.noting(() -> new Copy(afterwards)), "raw")
                .addSink(
                        "outcomes",
                        name(TopicCatalogue.OUTCOMES),
                        new ByteArraySerializer(),
                        new ByteArraySerializer(),
                        "copy");
    }

    private static final class Copy extends ContextualProcessor<byte[], byte[], byte[], byte[]> {
        private final Consumer<String> afterwards;

        Copy(Consumer<String> afterwards) {
            this.afterwards = afterwards;
        }

        @Override
        public void process(Record<byte[], byte[]> record) {
            context().forward(record);
            afterwards.accept(new String(record.value(), UTF_8));
        }
    }

    private String name(String topic) {
        return kafka.topics().name(topic);
    }

    /** Writes raw records. */
    public void write(String... values) {
        var bytes = new ByteArraySerializer();
        try (var producer = new KafkaProducer<>(kafka.client(), bytes, bytes)) {
            send(producer, values);
            producer.flush();
        }
    }

    /** Writes each raw record in a transaction of its own, so that markers follow the last one. */
    void writeInTransactions(String... values) {
        try (var producer = transactional()) {
            for (var value : values) {
                producer.beginTransaction();
                send(producer, value);
                producer.commitTransaction();
            }
        }
    }

    /** Writes raw records that nobody will read. */
    void abort(String... values) {
        try (var producer = transactional()) {
            producer.beginTransaction();
            send(producer, values);
            producer.flush();
            producer.abortTransaction();
        }
    }

    private KafkaProducer<byte[], byte[]> transactional() {
        var settings = kafka.client();
        settings.put("transactional.id", UUID.randomUUID().toString());
        var bytes = new ByteArraySerializer();
        var producer = new KafkaProducer<>(settings, bytes, bytes);
        producer.initTransactions();
        return producer;
    }

    private void send(KafkaProducer<byte[], byte[]> producer, String... values) {
        for (var value : values) {
            var unused = producer.send(new ProducerRecord<>(name(TopicCatalogue.RAW), value.getBytes(UTF_8)));
        }
    }

    /** Waits until the outcomes are exactly these. */
    public void awaitCopies(String... values) {
        var unused = Polling.upTo(PATIENCE).every(Duration.ofMillis(100)).until(() -> copies().size() >= values.length);
        assertThat(copies()).containsExactly(values);
    }

    private List<String> copies() {
        var properties = kafka.client();
        properties.put("isolation.level", "read_committed");
        var partition = new TopicPartition(name(TopicCatalogue.OUTCOMES), 0);
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
}
