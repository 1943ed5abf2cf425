package ipn.operations;

import ipn.topics.KafkaSettings;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Writes batches of records, each batch whole or not at all, and only while nobody else does.
 *
 * <p>There is one transactional id for all. Opening waits until whatever an earlier holder committed can be read, rolls
 * back what it left unfinished, and fences it: its next write fails. So whoever opens first and reads the decisions
 * afterwards knows them all, and nobody can add to them meanwhile.
 */
final class RedriveTransaction implements AutoCloseable {
    /** A redrive that is killed holds up readers of the raw topic for so long at most. */
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private static final int REQUEST_BYTES_MAX = 8 * 1024 * 1024;

    private final KafkaProducer<byte[], byte[]> producer;

    private RedriveTransaction(KafkaProducer<byte[], byte[]> producer) {
        this.producer = producer;
    }

    static RedriveTransaction open(KafkaSettings kafka) {
        var bytes = new ByteArraySerializer();
        var producer = new KafkaProducer<>(producerOf(kafka), bytes, bytes);
        try {
            producer.initTransactions();
            return new RedriveTransaction(producer);
        } catch (RuntimeException e) {
            producer.close(Duration.ZERO);
            throw e;
        }
    }

    private static Properties producerOf(KafkaSettings kafka) {
        var properties = kafka.client();
        properties.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, kafka.topics().name("redrive"));
        properties.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, Long.toString(TIMEOUT.toMillis()));
        properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true");
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Integer.toString(REQUEST_BYTES_MAX));
        return properties;
    }

    /** All of them, or none. */
    void write(List<ProducerRecord<byte[], byte[]>> records) {
        send(records);
        producer.commitTransaction();
    }

    /** The half of {@link #write} that shows nothing to anybody yet. A failed send fails the commit. */
    void send(List<ProducerRecord<byte[], byte[]>> records) {
        producer.beginTransaction();
        for (var record : records) {
            var unused = producer.send(record);
        }
        producer.flush();
    }

    void commit() {
        producer.commitTransaction();
    }

    /** Gives up at once what is not committed: the next holder rolls it back, or else the broker by its timeout. */
    @Override
    public void close() {
        producer.close(Duration.ZERO);
    }
}
