package ipn.bench.feed;

import ipn.topics.KafkaSettings;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Writes records as fast as the broker stores them. */
public final class RawFeed implements AutoCloseable {
    private final KafkaProducer<byte[], byte[]> producer;
    private final AtomicReference<@Nullable Exception> failed = new AtomicReference<>();

    private RawFeed(KafkaProducer<byte[], byte[]> producer) {
        this.producer = producer;
    }

    /** Connects to Kafka, and fetches what there is to know of a topic, so that the first record need not wait for it. */
    public static RawFeed open(KafkaSettings kafka, String topic) {
        Properties settings = kafka.client();
        settings.put("acks", "all");
        settings.put("linger.ms", "5");
        settings.put("batch.size", "65536");
        var producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
        producer.partitionsFor(topic);
        return new RawFeed(producer);
    }

    /** Hands records over without waiting until they are stored. */
    public void send(List<ProducerRecord<byte[], byte[]>> records) {
        for (var record : records) {
            var unused = producer.send(record, (written, failure) -> {
                if (failure != null) {
                    failed.compareAndSet(null, failure);
                }
            });
        }
    }

    /**
     * Waits until all records are stored.
     *
     * @throws IllegalStateException if one was not
     */
    public void flush() {
        producer.flush();
        var failure = failed.get();
        if (failure != null) {
            throw new IllegalStateException("feed: a record was not stored", failure);
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
