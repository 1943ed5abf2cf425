package ipn.operations;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import ipn.avro.DeadLetterStatus;
import ipn.avro.Decision;
import ipn.avro.Outcome;
import ipn.avro.OutcomeKind;
import ipn.avro.RecordPosition;
import ipn.embedded.KafkaUnderTest;
import ipn.operations.conservation.ConservationCheck;
import ipn.operations.topic.OffsetRanges;
import ipn.operations.topic.Position;
import ipn.operations.topic.Progress;
import ipn.operations.topic.TopicReader;
import ipn.serde.AvroSerdes;
import ipn.topics.Headers;
import ipn.topics.KafkaSettings;
import ipn.topics.TopicCatalogue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The real broker with the topics of one test, written to the way the stages write: in transactions. */
public final class TestCluster implements AutoCloseable {
    public static final String PROCESSOR = "-processor";
    public static final String PROJECTOR = "-projector";

    public final KafkaSettings kafka;
    public final AvroSerdes serdes;
    private final Admin admin;
    private final TopicReader reader;
    private KafkaProducer<byte[], byte[]> producer;

    private TestCluster(KafkaSettings kafka, SchemaRegistryClient registry) {
        this.kafka = kafka;
        this.serdes = new AvroSerdes(Map.of(), registry);
        this.admin = Admin.create(kafka.client());
        this.reader = TopicReader.open(kafka);
        this.producer = stage();
    }

    private KafkaProducer<byte[], byte[]> stage() {
        var opened = transactional("stage");
        opened.initTransactions();
        return opened;
    }

    public static TestCluster create(Class<?> test, int partitions) {
        return create(test, partitions, new MockSchemaRegistryClient());
    }

    public static TestCluster create(Class<?> test, int partitions, SchemaRegistryClient registry) {
        var broker = KafkaUnderTest.shared();
        var topics = broker.createTopics(test, partitions);
        return new TestCluster(
                new KafkaSettings(Map.of("bootstrap.servers", broker.bootstrapServers()), Map.of(), topics), registry);
    }

    public String topic(String name) {
        return kafka.topics().name(name);
    }

    public ConservationCheck.Stages stages() {
        return new ConservationCheck.Stages(topic(PROCESSOR), topic(PROJECTOR));
    }

    public KafkaProducer<byte[], byte[]> transactional(String name) {
        var properties = new Properties();
        properties.putAll(kafka.clients());
        properties.put("transactional.id", topic(name));
        properties.put("linger.ms", "0");
        // One transaction right after another is refused until the first one's markers are written.
        properties.put("retry.backoff.ms", "2");
        return new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** One transaction. */
    public List<Position> write(List<ProducerRecord<byte[], byte[]>> records) {
        var sent = commit(records);
        var last = new HashMap<TopicPartition, Long>();
        var positions = new ArrayList<Position>();
        for (var one : sent) {
            var at = get(one);
            positions.add(new Position(at.topic(), at.partition(), at.offset()));
            last.merge(new TopicPartition(at.topic(), at.partition()), at.offset(), Math::max);
        }
        // A commit is final before it can be read.
        reader.read(OffsetRanges.single(last), "", Progress.SILENT, record -> {});
        return positions;
    }

    /**
     * The broker sometimes refuses a transaction right after another one, when it writes the markers of the first a second time. A stage replaces its
     * thread then, and repeats what was aborted.
     */
    private List<Future<RecordMetadata>> commit(List<ProducerRecord<byte[], byte[]>> records) {
        try {
            return tryCommit(records);
        } catch (KafkaException e) {
            producer.close(Duration.ZERO);
            producer = stage();
            return tryCommit(records);
        }
    }

    private List<Future<RecordMetadata>> tryCommit(List<ProducerRecord<byte[], byte[]>> records) {
        producer.beginTransaction();
        var sent = records.stream().map(producer::send).toList();
        producer.commitTransaction();
        return sent;
    }

    /** A transaction that comes to nothing, and leaves gaps. */
    public void writeInVain(List<ProducerRecord<byte[], byte[]>> records) {
        producer.beginTransaction();
        records.forEach(producer::send);
        producer.flush();
        producer.abortTransaction();
    }

    public Position write(ProducerRecord<byte[], byte[]> record) {
        return write(List.of(record)).get(0);
    }

    public ProducerRecord<byte[], byte[]> raw(int partition, String paymentKey, String event) {
        var record = new ProducerRecord<>(
                topic(TopicCatalogue.RAW), partition, paymentKey.getBytes(UTF_8), ("{" + event + "}").getBytes(UTF_8));
        record.headers().add(Headers.CE_ID, event.getBytes(UTF_8));
        record.headers().add(Headers.CE_SOURCE, "/ipn/stripe/main".getBytes(UTF_8));
        return record;
    }

    public ProducerRecord<byte[], byte[]> outcome(Position source, String paymentKey, String event, OutcomeKind kind) {
        var outcome = Outcome.newBuilder()
                .setKind(kind)
                .setReason(kind == OutcomeKind.UNPROCESSABLE ? "MALFORMED" : null)
                .setPaymentKey(paymentKey)
                .setEventKey(event)
                .setGateway("stripe")
                .setAccount("main")
                .setEventType("payment_intent.succeeded")
                .setSource(new RecordPosition(source.topic(), source.partition(), source.offset()))
                .build();
        return avro(TopicCatalogue.OUTCOMES, source.partition(), paymentKey, Outcome.class, outcome);
    }

    public <T extends SpecificRecord> ProducerRecord<byte[], byte[]> avro(
            String name, Integer partition, String key, Class<T> type, T value) {
        try (var serializer = serdes.serializer(type)) {
            return new ProducerRecord<>(
                    topic(name), partition, key.getBytes(UTF_8), serializer.serialize(topic(name), value));
        }
    }

    /** Commits an offset for a stage. */
    public void committed(String stage, String topic, int partition, long offset) {
        get(admin.alterConsumerGroupOffsets(
                        topic(stage),
                        Map.of(new TopicPartition(topic(topic), partition), new OffsetAndMetadata(offset)))
                .all());
    }

    /** Deletes records as retention does. */
    public void deleteBefore(String topic, int partition, long offset) {
        get(admin.deleteRecords(
                        Map.of(new TopicPartition(topic(topic), partition), RecordsToDelete.beforeOffset(offset)))
                .all());
    }

    public List<ConsumerRecord<byte[], byte[]>> records(String topic) {
        var records = new ArrayList<ConsumerRecord<byte[], byte[]>>();
        reader.read(reader.all(topic(topic)), "", Progress.SILENT, records::add);
        return records;
    }

    public List<DeadLetterStatus> statuses() {
        try (var values = serdes.deserializer(DeadLetterStatus.class)) {
            return records(TopicCatalogue.DLQ_STATUS).stream()
                    .map(record -> values.deserialize(record.topic(), record.value()))
                    .toList();
        }
    }

    public List<Decision> decisions() {
        try (var values = serdes.deserializer(Decision.class)) {
            return records(TopicCatalogue.DECISIONS).stream()
                    .map(record -> values.deserialize(record.topic(), record.value()))
                    .toList();
        }
    }

    public static <T> T get(Future<T> future) {
        try {
            return future.get();
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        producer.close(Duration.ZERO);
        reader.close();
        admin.close();
    }
}
