package ipn.ingress;

import ipn.runtime.SafeCause;
import ipn.topics.KafkaSettings;
import ipn.topics.TopicCatalogue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code ipn.raw} on Kafka. {@code KafkaProducer.send} may hold its caller for as long as metadata or buffer space is
 * missing, so one thread of its own calls it, and event loops only fill that thread's bounded queue.
 */
final class KafkaRawLog implements RawLog {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaRawLog.class);
    private static final int QUEUE_MAX = 16_384;
    private static final long REOPEN_INTERVAL_NANOS = Duration.ofSeconds(5).toNanos();

    private final Properties settings;
    private final String topic;
    private final Duration queueTimeout;
    private final Duration closeTimeout;
    private final BlockingQueue<Entry> queue = new ArrayBlockingQueue<>(QUEUE_MAX);
    private final Thread sender;
    private volatile KafkaProducer<byte[], byte[]> producer;
    private volatile boolean metadataKnown;
    private volatile boolean closing;
    private volatile boolean broken;
    private long openedAt = System.nanoTime();

    /** Records that wait for the producer together. */
    private record Entry(List<ProducerRecord<byte[], byte[]>> records, long expiresAt, CompletableFuture<Void> stored) {
        void fail(String why) {
            stored.completeExceptionally(new TimeoutException(why));
        }
    }

    KafkaRawLog(KafkaSettings kafka, IngressConfig config) {
        settings = ProducerSettings.of(kafka, config);
        topic = kafka.topics().name(TopicCatalogue.RAW);
        queueTimeout = ProducerSettings.queueTimeout(config);
        closeTimeout = config.times().publish();
        producer = new KafkaProducer<>(settings);
        sender = new Thread(this::sendUntilClosed, "ipn-ingress-sender");
        sender.setDaemon(true);
        sender.start();
    }

    @Override
    public CompletionStage<Void> append(List<ProducerRecord<byte[], byte[]>> records) {
        var entry = new Entry(records, System.nanoTime() + queueTimeout.toNanos(), new CompletableFuture<>());
        if (closing || !queue.offer(entry)) {
            entry.fail(closing ? "closing" : "too many records wait for the producer");
        }
        return entry.stored();
    }

    @Override
    public boolean ready() {
        return metadataKnown && !closing;
    }

    /** Hands over one record that may be lost; holds its caller for up to {@link ProducerSettings#BLOCK_MAX}. */
    void sendIfPossible(ProducerRecord<byte[], byte[]> record) {
        if (ready()) {
            var unused = producer.send(record);
        }
    }

    private void sendUntilClosed() {
        while (!closing || !queue.isEmpty()) {
            try {
                step();
            } catch (InterruptedException e) {
                return; // only close interrupts, after it has waited
            } catch (RuntimeException e) {
                LOG.error(
                        "Unexpected error in the sending thread; it goes on with the next records",
                        SafeCause.forLog(e));
            }
        }
    }

    private void step() throws InterruptedException {
        var entry = queue.poll(metadataKnown ? 1_000 : 20, TimeUnit.MILLISECONDS);
        if (broken) {
            reopen();
        }
        if (entry == null || !metadataKnown) {
            metadataKnown = askForMetadata();
        }
        if (entry != null) {
            send(entry);
        }
    }

    private void send(Entry entry) {
        if (!metadataKnown) {
            failAll(entry);
        } else if (System.nanoTime() - entry.expiresAt() > 0) {
            entry.fail("waited too long for the producer");
        } else {
            var missing = new AtomicInteger(entry.records().size());
            entry.records().forEach(record -> send(record, entry.stored(), missing));
        }
    }

    private void send(ProducerRecord<byte[], byte[]> record, CompletableFuture<Void> stored, AtomicInteger missing) {
        try {
            var sent = producer.send(record, (metadata, failure) -> {
                if (failure != null) {
                    broken = broken || fatal(failure);
                    stored.completeExceptionally(failure);
                } else if (missing.decrementAndGet() == 0) {
                    stored.complete(null);
                }
            });
            // done at once is failed at once: the topic or the buffer space was not there in time
            if (sent.isDone() && stored.isCompletedExceptionally()) {
                metadataKnown = false;
            }
        } catch (KafkaException | IllegalStateException e) {
            broken = true;
            stored.completeExceptionally(e);
        }
    }

    /** What is queued could only wait in vain, one after the other; better that each gateway hears so at once. */
    private void failAll(Entry first) {
        var waiting = new ArrayList<Entry>(queue.size() + 1);
        waiting.add(first);
        queue.drainTo(waiting);
        waiting.forEach(entry -> entry.fail("Kafka does not tell where the topic is"));
    }

    private boolean askForMetadata() {
        try {
            return !producer.partitionsFor(topic).isEmpty();
        } catch (KafkaException | IllegalStateException e) {
            broken = broken || fatal(e);
            return false;
        }
    }

    /** An idempotent producer that was once refused stays refused; a new one can succeed when rights come back. */
    private static boolean fatal(@Nullable Throwable failure) {
        return failure instanceof AuthorizationException || failure instanceof IllegalStateException;
    }

    private void reopen() {
        if (System.nanoTime() - openedAt < REOPEN_INTERVAL_NANOS) {
            return;
        }
        LOG.warn("The producer is beyond use; opening another");
        producer.close(Duration.ZERO);
        producer = new KafkaProducer<>(settings);
        openedAt = System.nanoTime();
        metadataKnown = false;
        broken = false;
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
        queue.forEach(entry -> entry.fail("closed"));
    }
}
