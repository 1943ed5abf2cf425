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
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Writes batches of records, each batch whole or not at all, and only while nobody else does.
 *
 * <p>There is one transactional id for all who do the same task. Opening waits until whatever an earlier holder committed can be read, rolls
 * back what it left unfinished, and fences it: its next write fails. So whoever opens first and reads the decisions
 * afterwards knows them all, and nobody can add to them meanwhile.
 */
public final class ExclusiveWriter implements AutoCloseable {
    /** One that is killed holds up readers of the raw topic for so long at most. */
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private static final int REQUEST_BYTES_MAX = 8 * 1024 * 1024;

    private final KafkaProducer<byte[], byte[]> producer;
    private final Map<TopicPartition, Long> newest = new HashMap<>();

    private ExclusiveWriter(KafkaProducer<byte[], byte[]> producer) {
        this.producer = producer;
    }

    /** @param task what is done, such as {@code redrive}: only one at a time does it */
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

    /** All of them, or none. */
    public void write(List<ProducerRecord<byte[], byte[]>> records) {
        var sent = send(records);
        commit();
        sent.forEach(this::note);
    }

    /** The half of {@link #write} that shows nothing to anybody yet. A failed send fails the commit. */
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
     * The last record written to each partition. A commit is final before it can be read: readers see it once these
     * can be read.
     */
    public OffsetRanges written() {
        return OffsetRanges.at(newest);
    }

    /** Only of what is committed, so it is there. */
    private void note(Future<RecordMetadata> sent) {
        try {
            var at = sent.get();
            newest.merge(new TopicPartition(at.topic(), at.partition()), at.offset(), Math::max);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        } catch (ExecutionException e) {
            throw new KafkaException(e.getCause());
        }
    }

    /** Gives up at once what is not committed: the next holder rolls it back, or else the broker by its timeout. */
    @Override
    public void close() {
        producer.close(Duration.ZERO);
    }
}
