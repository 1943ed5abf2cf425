package ipn.access.order;

import ipn.avro.Order;
import ipn.runtime.producer.ProducerQueue;
import ipn.runtime.producer.QueuedProducer;
import ipn.runtime.producer.RecordBatch;
import ipn.topics.KafkaSettings;
import ipn.topics.TopicCatalogue;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/** Writes to {@code ipn.orders}. Callers do not wait: neither for metadata, nor for the schema registry, which the serializer may ask. */
final class OrderProducer implements AutoCloseable {
    /** After this Kafka either has confirmed a record, or never will. */
    static final Duration DELIVERY_MAX = Duration.ofMillis(2_500);

    private static final Duration QUEUED_MAX = Duration.ofMillis(500);
    private static final Duration BLOCK_MAX = Duration.ofMillis(500);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(3);
    private static final int QUEUE_MAX = 2_000;

    private final String topic;
    private final Serializer<Order> orders;
    private final QueuedProducer producer;

    /** One record, and where it is. */
    private static final class Written extends CompletableFuture<RecordMetadata> implements RecordBatch {
        private final Supplier<ProducerRecord<byte[], byte[]>> record;

        Written(Supplier<ProducerRecord<byte[], byte[]>> record) {
            this.record = record;
        }

        @Override
        public List<ProducerRecord<byte[], byte[]>> records() {
            return List.of(record.get());
        }

        @Override
        public void stored(RecordMetadata last) {
            complete(last);
        }

        @Override
        public void failed(Exception failure) {
            completeExceptionally(failure);
        }
    }

    OrderProducer(KafkaSettings kafka) {
        topic = kafka.topics().name(TopicCatalogue.ORDERS);
        orders = kafka.serdes().serializer(Order.class);
        producer = new QueuedProducer(
                settings(kafka),
                new ProducerQueue("ipn-access-orders-sender", List.of(topic), QUEUE_MAX, QUEUED_MAX, CLOSE_TIMEOUT));
    }

    /** Writes an order; where it is, once all replicas have it. */
    CompletableFuture<RecordMetadata> write(byte[] key, Order order, Headers headers) {
        return write(
                () -> new ProducerRecord<>(topic, null, null, key, orders.serialize(topic, headers, order), headers));
    }

    /** Writes the bytes of a record again, as the newest of its key. */
    CompletableFuture<RecordMetadata> writeAgain(byte[] key, byte @Nullable [] value) {
        return write(() -> new ProducerRecord<>(topic, key, value));
    }

    private CompletableFuture<RecordMetadata> write(Supplier<ProducerRecord<byte[], byte[]>> record) {
        var written = new Written(record);
        producer.send(written);
        return written;
    }

    private static Properties settings(KafkaSettings kafka) {
        var all = kafka.client();
        all.putIfAbsent(ProducerConfig.CLIENT_ID_CONFIG, "ipn-access-orders");
        // written means: on every in-sync replica, once, in order
        all.put(ProducerConfig.ACKS_CONFIG, "all");
        all.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true");
        all.remove(ProducerConfig.TRANSACTIONAL_ID_CONFIG);
        all.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, millis(BLOCK_MAX));
        all.put(ProducerConfig.LINGER_MS_CONFIG, "1");
        all.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, millis(DELIVERY_MAX));
        all.put(
                ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                millis(DELIVERY_MAX.multipliedBy(6).dividedBy(10)));
        all.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class.getName());
        all.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class.getName());
        return all;
    }

    private static String millis(Duration time) {
        return Long.toString(time.toMillis());
    }

    @Override
    public void close() {
        producer.close();
        orders.close();
    }
}
