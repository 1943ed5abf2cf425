package ipn.ingress.log;

import ipn.runtime.producer.ProducerQueue;
import ipn.runtime.producer.QueuedProducer;
import ipn.runtime.producer.RecordBatch;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;

/** {@code ipn.raw}, and {@code ipn.raw-deferred}, on Kafka. Event loops only fill a bounded queue before the producer. */
public final class KafkaRawLog implements RawLog {
    private static final int DELIVERIES_MAX = 16_384;

    private final QueuedProducer producer;

    /** Records of one delivery. */
    private static final class Delivery extends CompletableFuture<Void> implements RecordBatch {
        private final List<ProducerRecord<byte[], byte[]>> records;

        Delivery(List<ProducerRecord<byte[], byte[]>> records) {
            this.records = records;
        }

        @Override
        public List<ProducerRecord<byte[], byte[]>> records() {
            return records;
        }

        @Override
        public void stored(RecordMetadata last) {
            complete(null);
        }

        @Override
        public void failed(Exception failure) {
            completeExceptionally(failure);
        }
    }

    /**
     * Opens a producer; does not wait for Kafka.
     *
     * @param settings of the producer
     * @param topics full names
     * @param queueTimeout after this long in the queue, records are not sent any more
     * @param closeTimeout how long {@link #close()} waits for the records accepted so far
     */
    public KafkaRawLog(Properties settings, List<String> topics, Duration queueTimeout, Duration closeTimeout) {
        producer = new QueuedProducer(
                settings, new ProducerQueue("ipn-ingress-sender", topics, DELIVERIES_MAX, queueTimeout, closeTimeout));
    }

    @Override
    public CompletionStage<Void> append(List<ProducerRecord<byte[], byte[]>> records) {
        var delivery = new Delivery(records);
        producer.send(delivery);
        return delivery;
    }

    @Override
    public boolean ready() {
        return producer.ready();
    }

    /** The metrics of its producer. */
    public Map<MetricName, ? extends Metric> metrics() {
        return producer.metrics();
    }

    /** Sends one record that may be lost. Blocks up to the producer's {@code max.block.ms}. */
    public void sendIfPossible(ProducerRecord<byte[], byte[]> record) {
        producer.sendIfPossible(record);
    }

    @Override
    public void close() {
        producer.close();
    }
}
