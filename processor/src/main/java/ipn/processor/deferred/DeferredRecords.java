package ipn.processor.deferred;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import ipn.runtime.ClockWatch;
import ipn.runtime.SafeCause;
import ipn.runtime.metrics.Metric;
import ipn.runtime.process.StoppableThread;
import ipn.topics.KafkaSettings;
import ipn.topics.TopicCatalogue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves records that wait ({@code ipn.raw-deferred}) to {@code ipn.raw}, one batch after the other: the next one when the last one has passed all stages. Each
 * record is moved at least once, because its offset is committed after it is stored. A second copy is a redelivery, which the processor recognizes.
 */
public final class DeferredRecords implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DeferredRecords.class);
    private static final Duration IDLE = Duration.ofMillis(500);
    /** For what the consumer is about to have. */
    private static final Duration MORE = Duration.ofMillis(10);

    private static final Duration OFFSETS_READ_EVERY = Duration.ofMillis(25);
    /** Stages that are down do not stop the rest: the processor alone can still decide. */
    private static final Duration PASSAGE_MAX = Duration.ofSeconds(15);

    /** A producer gives up after two minutes of the wall clock, which can stand for longer. */
    private static final Duration STORED_MAX = Duration.ofMinutes(3);

    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);

    private final KafkaSettings kafka;
    private final Groups groups;
    private final String raw;
    private final String deferred;
    private final Counter moved;
    private final Timer passages;
    private final BatchSize size = new BatchSize(System.nanoTime());
    private final StoppableThread thread = new StoppableThread("ipn-deferred-records", this::run);
    private volatile long waiting;
    private boolean offsetsUnknown;

    /**
     * Consumer groups.
     *
     * @param processor of the processor
     * @param projector of the projector
     */
    public record Groups(String processor, String projector) {
        /** With which records that wait are read. */
        public String deferred() {
            return processor + "-deferred";
        }
    }

    private DeferredRecords(KafkaSettings kafka, Groups groups, MeterRegistry meters) {
        this.kafka = kafka;
        this.groups = groups;
        raw = kafka.topics().name(TopicCatalogue.RAW);
        deferred = kafka.topics().name(TopicCatalogue.RAW_DEFERRED);
        moved = Metric.PROCESSOR_DEFERRED_MOVED.counter(meters);
        passages = Metric.PROCESSOR_DEFERRED_PASSAGE.timer(meters);
        Metric.PROCESSOR_DEFERRED_WAITING.gauge(meters, this, records -> records.waiting);
    }

    /** Starts to move records; does not wait for Kafka. */
    public static DeferredRecords start(KafkaSettings kafka, Groups groups, MeterRegistry meters) {
        var records = new DeferredRecords(kafka, groups, meters);
        records.thread.start();
        return records;
    }

    /** After a failure it is unknown what was stored: begins again with what is not committed. */
    private void run() {
        while (!thread.isClosing()) {
            try {
                moveUntilClosed();
            } catch (InterruptedException | InterruptException e) {
                return; // only close() interrupts, after its timeout
            } catch (WakeupException e) {
                LOG.warn(
                        "Wall clock was set back, and deadlines with it; replacing the Kafka clients of deferred records");
            } catch (RuntimeException | ExecutionException | TimeoutException e) {
                LOG.atWarn()
                        .addKeyValue("cause", SafeCause.chain(e))
                        .log("Deferred records could not be moved; they are tried again");
                thread.isClosing(AFTER_FAILURE);
            }
        }
    }

    @SuppressWarnings("try") // the watch of the clock runs until it is closed
    private void moveUntilClosed() throws ExecutionException, InterruptedException, TimeoutException {
        var clients = new DeferredClients(kafka);
        try (var consumer = new KafkaConsumer<>(
                        clients.consumer(groups.deferred()), new ByteArrayDeserializer(), new ByteArrayDeserializer());
                var producer =
                        new KafkaProducer<>(clients.producer(), new ByteArraySerializer(), new ByteArraySerializer());
                var offsets = new StageOffsets(kafka, groups);
                var clock = ClockWatch.start(consumer::wakeup)) {
            consumer.subscribe(List.of(deferred));
            while (!thread.isClosing()) {
                var records = moveBatch(consumer, producer);
                waiting = lag(consumer);
                if (records == 0) {
                    size.reset();
                } else {
                    awaitPassage(records, offsets);
                }
            }
        }
    }

    /** Returns the number of records that were moved. */
    private int moveBatch(Consumer<byte[], byte[]> consumer, Producer<byte[], byte[]> producer)
            throws ExecutionException, InterruptedException, TimeoutException {
        var sent = new ArrayList<Future<RecordMetadata>>();
        var max = size.next();
        var fetched = consumer.poll(IDLE);
        while (!fetched.isEmpty()) {
            fetched.forEach(record -> sent.add(
                    producer.send(new ProducerRecord<>(raw, null, record.key(), record.value(), record.headers()))));
            if (sent.size() >= max) {
                break;
            }
            fetched = consumer.poll(MORE);
        }
        for (var each : sent) {
            each.get(STORED_MAX.toMillis(), TimeUnit.MILLISECONDS);
        }
        if (!sent.isEmpty()) {
            consumer.commitSync();
            moved.increment(sent.size());
        }
        return sent.size();
    }

    private static long lag(Consumer<byte[], byte[]> consumer) {
        return consumer.assignment().stream()
                .mapToLong(partition -> consumer.currentLag(partition).orElse(0))
                .sum();
    }

    /** While nothing is known of the stages, records are moved as fast as possible. */
    private void awaitPassage(int records, StageOffsets offsets) throws InterruptedException {
        var began = System.nanoTime();
        try {
            var passage = new Passage(offsets.topics(), offsets.read());
            while (!passage.hasEnded(offsets.read()) && System.nanoTime() - began < PASSAGE_MAX.toNanos()) {
                if (thread.isClosing(OFFSETS_READ_EVERY)) {
                    return;
                }
            }
            var now = System.nanoTime();
            size.passed(records, now - began, now);
            passages.record(Duration.ofNanos(now - began));
            offsetsUnknown = false;
        } catch (ExecutionException e) {
            if (!offsetsUnknown) {
                LOG.atWarn()
                        .addKeyValue("cause", SafeCause.chain(e))
                        .log(
                                "Cannot find out how far the stages are; until then deferred records do not wait for purchases");
            }
            offsetsUnknown = true;
        }
    }

    @Override
    public void close() {
        thread.close();
    }
}
