package ipn.runtime.producer;

import ipn.runtime.ClockSteps;
import ipn.runtime.SafeCause;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Kafka producer for callers that must not wait. {@code KafkaProducer.send} blocks its caller while metadata or buffer space is missing, so a thread of
 * its own calls it, and callers only fill that thread's bounded queue. A producer that cannot recover is replaced, and one that the wall
 * clock of the machine holds up (decision 036).
 */
public final class QueuedProducer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(QueuedProducer.class);
    private static final long REOPEN_INTERVAL_NANOS = Duration.ofSeconds(5).toNanos();

    private final Properties settings;
    private final ProducerQueue options;
    private final BlockingQueue<Entry> queue;
    private final Thread sender;
    private final Supplier<Duration> clockSetBack;
    private volatile KafkaProducer<byte[], byte[]> producer;
    private volatile boolean metadataKnown;
    private volatile boolean closing;
    private volatile boolean failed;
    private long openedAt = System.nanoTime();

    /** Waits for the producer. */
    private record Entry(RecordBatch batch, long expiresAt) {
        void fail(String reason) {
            batch.failed(new TimeoutException(reason));
        }
    }

    /**
     * Opens a producer; does not wait for Kafka.
     *
     * @param settings of the producer, with serializers of bytes
     */
    public QueuedProducer(Properties settings, ProducerQueue options) {
        this(settings, options, ClockSteps.fromNow()::setBack);
    }

    /** @param clockSetBack by how much the wall clock was set back since the last call */
    QueuedProducer(Properties settings, ProducerQueue options, Supplier<Duration> clockSetBack) {
        this.clockSetBack = clockSetBack;
        this.settings = settings;
        this.options = options;
        queue = new ArrayBlockingQueue<>(options.batchesMax());
        producer = new KafkaProducer<>(settings);
        sender = new Thread(this::sendUntilClosed, options.thread());
        sender.setDaemon(true);
        sender.start();
    }

    /** Sends records, unless the queue is full or is closed. Never blocks. */
    public void send(RecordBatch batch) {
        var entry = new Entry(batch, System.nanoTime() + options.timeout().toNanos());
        if (closing || !queue.offer(entry)) {
            entry.fail(closing ? "the stage is stopping" : "the queue before the producer is full");
        }
    }

    /** True while records can be expected to be stored. */
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
                    .addKeyValue("topic", String.join(",", options.topics()))
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
            sendNow(entry.batch());
        }
    }

    private void sendNow(RecordBatch batch) {
        List<ProducerRecord<byte[], byte[]>> records;
        try {
            records = batch.records();
        } catch (RuntimeException e) { // of a serializer
            batch.failed(e);
            return;
        }
        var missing = new AtomicInteger(records.size());
        records.forEach(record -> send(record, batch, missing));
    }

    private void send(ProducerRecord<byte[], byte[]> record, RecordBatch batch, AtomicInteger missing) {
        try {
            var sent = producer.send(record, (metadata, failure) -> {
                if (failure != null) {
                    failed = failed || fatal(failure);
                    batch.failed(failure);
                } else if (missing.decrementAndGet() == 0) {
                    batch.stored(metadata);
                }
            });
            // failed at once: topic metadata or buffer space was missing
            if (sent.isDone() && hasFailed(sent)) {
                metadataKnown = false;
            }
        } catch (KafkaException | IllegalStateException e) {
            failed = true;
            batch.failed(e);
        }
    }

    private static boolean hasFailed(Future<RecordMetadata> done) {
        try {
            var unused = done.get();
            return false;
        } catch (ExecutionException e) {
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /** Fails everything queued: without metadata each entry would only wait for its own timeout. */
    private void failAll(Entry first) {
        var waiting = new ArrayList<Entry>(queue.size() + 1);
        waiting.add(first);
        queue.drainTo(waiting);
        waiting.forEach(
                entry -> entry.fail("no metadata of topics %s from Kafka (expected: a reachable broker, and the topics)"
                        .formatted(options.topics())));
    }

    private boolean fetchMetadata() {
        try {
            return options.topics().stream()
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
                .addKeyValue("topic", String.join(",", options.topics()))
                .log(
                        "Replaced the Kafka producer after an error it cannot recover from; check its access rights to the topics");
        replaceProducer();
    }

    /** Records that are not stored yet fail. */
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
            sender.join(options.closeTimeout().toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        sender.interrupt();
        producer.close(options.closeTimeout());
        queue.forEach(entry -> entry.fail("the stage stopped"));
    }
}
