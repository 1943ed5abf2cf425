package ipn.ingress.log;

import ipn.runtime.ClockSteps;
import ipn.runtime.SafeCause;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code ipn.raw}, and {@code ipn.raw-deferred}, on Kafka. {@code KafkaProducer.send} blocks its caller while metadata or buffer space is missing, so a
 * thread of its own calls it, and event loops only fill that thread's bounded queue.
 */
public final class KafkaRawLog implements RawLog {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaRawLog.class);
    private static final int QUEUE_MAX = 16_384;
    private static final long REOPEN_INTERVAL_NANOS = Duration.ofSeconds(5).toNanos();

    private final Properties settings;
    private final List<String> topics;
    private final Duration queueTimeout;
    private final Duration closeTimeout;
    private final BlockingQueue<Entry> queue = new ArrayBlockingQueue<>(QUEUE_MAX);
    private final Thread sender;
    private final Supplier<Duration> clockSetBack;
    private volatile KafkaProducer<byte[], byte[]> producer;
    private volatile boolean metadataKnown;
    private volatile boolean closing;
    private volatile boolean failed;
    private long openedAt = System.nanoTime();

    /** Records of one delivery that wait for the producer. */
    private record Entry(List<ProducerRecord<byte[], byte[]>> records, long expiresAt, CompletableFuture<Void> stored) {
        void fail(String reason) {
            stored.completeExceptionally(new TimeoutException(reason));
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
        this(settings, topics, queueTimeout, closeTimeout, ClockSteps.fromNow()::setBack);
    }

    /** @param clockSetBack by how much the wall clock was set back since the last call */
    KafkaRawLog(
            Properties settings,
            List<String> topics,
            Duration queueTimeout,
            Duration closeTimeout,
            Supplier<Duration> clockSetBack) {
        this.clockSetBack = clockSetBack;
        this.settings = settings;
        this.topics = List.copyOf(topics);
        this.queueTimeout = queueTimeout;
        this.closeTimeout = closeTimeout;
        producer = new KafkaProducer<>(settings);
        sender = new Thread(this::sendUntilClosed, "ipn-ingress-sender");
        sender.setDaemon(true);
        sender.start();
    }

    @Override
    public CompletionStage<Void> append(List<ProducerRecord<byte[], byte[]>> records) {
        var entry = new Entry(records, System.nanoTime() + queueTimeout.toNanos(), new CompletableFuture<>());
        if (closing || !queue.offer(entry)) {
            entry.fail(closing ? "the ingress is stopping" : "the queue before the producer is full");
        }
        return entry.stored();
    }

    @Override
    public boolean ready() {
        return metadataKnown && !closing;
    }

    /** The metrics of its producer. */
    public Map<MetricName, ? extends Metric> metrics() {
        return producer.metrics();
    }

    /** Sends one record that may be lost. Blocks up to the producer's {@code max.block.ms}. */
    public void sendIfPossible(ProducerRecord<byte[], byte[]> record) {
        if (ready()) {
            var unused = producer.send(record);
        }
    }

    private void sendUntilClosed() {
        while (!closing || !queue.isEmpty()) {
            try {
                step();
            } catch (InterruptedException e) {
                return; // only close() interrupts, after its timeout
            } catch (RuntimeException e) {
                LOG.error(
                        "Unexpected error in the thread that sends to Kafka; it continues with the next records",
                        SafeCause.forLog(e));
            }
        }
    }

    private void step() throws InterruptedException {
        var entry = queue.poll(metadataKnown ? 1_000 : 20, TimeUnit.MILLISECONDS);
        var back = clockSetBack.get();
        if (!back.isZero()) {
            LOG.atWarn()
                    .addKeyValue("topic", String.join(",", topics))
                    .log("Replaced the Kafka producer, because the wall clock went back by %d s"
                            .formatted(back.toSeconds()));
            replaceProducer();
        } else if (failed) {
            replaceFailed();
        }
        if (entry == null || !metadataKnown) {
            metadataKnown = fetchMetadata();
        }
        if (entry != null) {
            send(entry);
        }
    }

    private void send(Entry entry) {
        if (!metadataKnown) {
            failAll(entry);
        } else if (System.nanoTime() - entry.expiresAt() > 0) {
            entry.fail("the producer did not take the records in time");
        } else {
            var missing = new AtomicInteger(entry.records().size());
            entry.records().forEach(record -> send(record, entry.stored(), missing));
        }
    }

    private void send(ProducerRecord<byte[], byte[]> record, CompletableFuture<Void> stored, AtomicInteger missing) {
        try {
            var sent = producer.send(record, (metadata, failure) -> {
                if (failure != null) {
                    failed = failed || fatal(failure);
                    stored.completeExceptionally(failure);
                } else if (missing.decrementAndGet() == 0) {
                    stored.complete(null);
                }
            });
            // completed at once means failed: topic metadata or buffer space was missing
            if (sent.isDone() && stored.isCompletedExceptionally()) {
                metadataKnown = false;
            }
        } catch (KafkaException | IllegalStateException e) {
            failed = true;
            stored.completeExceptionally(e);
        }
    }

    /** Fails everything queued: without metadata each entry would only wait for its own timeout. */
    private void failAll(Entry first) {
        var waiting = new ArrayList<Entry>(queue.size() + 1);
        waiting.add(first);
        queue.drainTo(waiting);
        waiting.forEach(
                entry -> entry.fail("no metadata of topics %s from Kafka (expected: a reachable broker, and the topics)"
                        .formatted(topics)));
    }

    private boolean fetchMetadata() {
        try {
            return topics.stream()
                    .noneMatch(topic -> producer.partitionsFor(topic).isEmpty());
        } catch (KafkaException | IllegalStateException e) {
            failed = failed || fatal(e);
            return false;
        }
    }

    /** After one of these an idempotent producer fails every further record; a new producer can succeed once access is restored. */
    private static boolean fatal(@Nullable Throwable failure) {
        return failure instanceof AuthorizationException || failure instanceof IllegalStateException;
    }

    private void replaceFailed() {
        if (System.nanoTime() - openedAt < REOPEN_INTERVAL_NANOS) {
            return;
        }
        LOG.atWarn()
                .addKeyValue("topic", String.join(",", topics))
                .log(
                        "Replaced the Kafka producer after an error it cannot recover from; check its access rights to the topics");
        replaceProducer();
    }

    /** Deliveries whose records are not stored yet fail, and their gateways send them again. */
    private void replaceProducer() {
        producer.close(Duration.ZERO);
        producer = new KafkaProducer<>(settings);
        openedAt = System.nanoTime();
        metadataKnown = false;
        failed = false;
    }

    @Override
    public void close() {
        closing = true;
        try {
            sender.join(closeTimeout.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        sender.interrupt();
        producer.close(closeTimeout);
        queue.forEach(entry -> entry.fail("the ingress stopped"));
    }
}
