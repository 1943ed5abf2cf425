package ipn.access.order;

import ipn.avro.Order;
import ipn.runtime.SafeCause;
import ipn.topics.KafkaSettings;
import ipn.topics.TopicCatalogue;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes to {@code ipn.orders}. The serializer may ask the schema registry, and {@code KafkaProducer.send} blocks while metadata is missing, so
 * a thread of its own calls both; callers only fill its bounded queue.
 */
final class OrderProducer implements AutoCloseable {
    /** After this Kafka either has confirmed a record, or never will. */
    static final Duration DELIVERY_MAX = Duration.ofMillis(2_500);

    private static final Logger LOG = LoggerFactory.getLogger(OrderProducer.class);
    private static final Duration QUEUED_MAX = Duration.ofMillis(500);
    private static final Duration BLOCK_MAX = Duration.ofMillis(500);
    private static final Duration REOPEN_PAUSE = Duration.ofSeconds(5);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(3);
    private static final int QUEUE_MAX = 2_000;

    private final KafkaSettings kafka;
    private final String topic;
    private final Serializer<Order> orders;
    private final ThreadPoolExecutor sender;
    private @Nullable KafkaProducer<byte[], byte[]> producer;
    private volatile boolean broken;
    private long openedAt = System.nanoTime() - REOPEN_PAUSE.toNanos();

    OrderProducer(KafkaSettings kafka) {
        this.kafka = kafka;
        topic = kafka.topics().name(TopicCatalogue.ORDERS);
        orders = kafka.serdes().serializer(Order.class);
        sender = new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(QUEUE_MAX), work -> {
            var thread = new Thread(work, "ipn-access-orders-sender");
            thread.setDaemon(true);
            return thread;
        });
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
        var written = new CompletableFuture<RecordMetadata>();
        var queuedAt = System.nanoTime();
        try {
            sender.execute(() -> {
                if (System.nanoTime() - queuedAt > QUEUED_MAX.toNanos()) {
                    written.completeExceptionally(new TimeoutException("queued for too long"));
                } else {
                    send(record, written);
                }
            });
        } catch (RejectedExecutionException e) {
            written.completeExceptionally(new TimeoutException("the queue is full"));
        }
        return written;
    }

    private void send(Supplier<ProducerRecord<byte[], byte[]>> record, CompletableFuture<RecordMetadata> written) {
        try {
            var unused = open().send(record.get(), (at, failure) -> {
                if (failure == null) {
                    written.complete(at);
                } else {
                    broken |= isFatal(failure);
                    written.completeExceptionally(failure);
                }
            });
        } catch (RuntimeException e) {
            broken |= isFatal(e);
            written.completeExceptionally(e);
        }
    }

    /** After one of these an idempotent producer fails every further record. */
    private static boolean isFatal(Throwable failure) {
        return failure instanceof AuthorizationException || failure instanceof IllegalStateException;
    }

    private KafkaProducer<byte[], byte[]> open() {
        var now = System.nanoTime();
        var current = producer;
        if (current != null && broken && now - openedAt > REOPEN_PAUSE.toNanos()) {
            LOG.atWarn()
                    .addKeyValue("topic", topic)
                    .log("Replaced the Kafka producer after an error it cannot recover from; check its access rights");
            current.close(Duration.ZERO);
            current = null;
        }
        if (current == null) {
            current = new KafkaProducer<>(settings(), new ByteArraySerializer(), new ByteArraySerializer());
            broken = false;
            openedAt = now;
            producer = current;
        }
        return current;
    }

    private Properties settings() {
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
        all.put(ProducerConfig.METADATA_MAX_IDLE_CONFIG, millis(Duration.ofDays(7)));
        return all;
    }

    private static String millis(Duration time) {
        return Long.toString(time.toMillis());
    }

    @Override
    public void close() {
        sender.shutdown();
        try {
            if (!sender.awaitTermination(CLOSE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
                sender.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        var current = producer;
        if (current != null) {
            try {
                current.close(CLOSE_TIMEOUT);
            } catch (KafkaException e) {
                LOG.atWarn().setCause(SafeCause.forLog(e)).log("The Kafka producer did not close normally");
            }
        }
        orders.close();
    }
}
