package ipn.operations.topic;

import ipn.topics.KafkaSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Writes batches of records. Each batch is one transaction, and only one writer of a task is open at a time.
 *
 * <p>All writers of a task share one transactional id. Opening a writer waits until everything that an earlier writer committed is
 * readable, aborts its open transaction, and fences it, so that its next write fails. A caller that opens the writer before it reads
 * what was decided therefore reads all decisions, and nobody adds one meanwhile.
 */
public final class ExclusiveWriter implements AutoCloseable {
    /** How long the open transaction of a killed writer can block readers of the raw topic. */
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private static final int REQUEST_BYTES_MAX = 8 * 1024 * 1024;

    private final KafkaProducer<byte[], byte[]> producer;
    private final Map<TopicPartition, Long> newest = new HashMap<>();

    private ExclusiveWriter(KafkaProducer<byte[], byte[]> producer) {
        this.producer = producer;
    }

    /** @param task such as {@code redrive}: part of the transactional id */
    public static ExclusiveWriter open(KafkaSettings kafka, String task) {
        var bytes = new ByteArraySerializer();
        var producer = new KafkaProducer<>(producerOf(kafka, task), bytes, bytes);
        try {
            producer.initTransactions();
            return new ExclusiveWriter(producer);
        } catch (RuntimeException e) {
            producer.close(Duration.ZERO);
            throw e;
        }
    }

    private static Properties producerOf(KafkaSettings kafka, String task) {
        var properties = kafka.client();
        properties.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, kafka.topics().name(task));
        properties.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, Long.toString(TIMEOUT.toMillis()));
        properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true");
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Integer.toString(REQUEST_BYTES_MAX));
        return properties;
    }

    /** Writes and commits one batch. Returns the position of each record, in their order. */
    public List<Position> write(List<ProducerRecord<byte[], byte[]>> records) {
        var sent = send(records);
        commit();
        return sent.stream().map(this::note).toList();
    }

    /** Writes and commits what a source passes on, as one batch of which nothing is kept in memory. */
    public void writeAll(Consumer<Consumer<ProducerRecord<byte[], byte[]>>> source) {
        producer.beginTransaction();
        source.accept(record -> {
            Future<RecordMetadata> unused = producer.send(record);
        });
        producer.commitTransaction();
    }

    /** Begins a transaction and sends the records. A failed send makes the commit fail. */
    public List<Future<RecordMetadata>> send(List<ProducerRecord<byte[], byte[]>> records) {
        producer.beginTransaction();
        var sent = new ArrayList<Future<RecordMetadata>>();
        for (var record : records) {
            sent.add(producer.send(record));
        }
        producer.flush();
        return sent;
    }

    public void commit() {
        producer.commitTransaction();
    }

    /**
     * The last record written to each partition. Readers see a committed batch a moment after the commit; a caller that reads these
     * offsets waits for that.
     */
    public OffsetRanges written() {
        return OffsetRanges.single(newest);
    }

    /** Remembers an offset. To be called after the commit, when the result is present. */
    private Position note(Future<RecordMetadata> sent) {
        try {
            var at = sent.get();
            newest.merge(new TopicPartition(at.topic(), at.partition()), at.offset(), Math::max);
            return new Position(at.topic(), at.partition(), at.offset());
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        } catch (ExecutionException e) {
            throw new KafkaException(e.getCause());
        }
    }

    /** Leaves an open transaction to the next writer or to the timeout of the broker, which abort it. */
    @Override
    public void close() {
        producer.close(Duration.ZERO);
    }
}
