package ipn.query.reader;

import ipn.query.IndexedTopics;
import ipn.query.database.Database;
import ipn.query.model.Change;
import ipn.query.reader.Batch.Read;
import ipn.runtime.SafeCause;
import ipn.serde.RegistryFailure;
import ipn.topics.KafkaSettings;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the topics into the tables. Committed records only; from where the tables say that they are; rows and offsets change in one database
 * transaction. So it does not matter when this dies: it continues from the last transaction. Whatever fails, it starts again.
 */
public final class ModelReader implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ModelReader.class);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(20);

    private final Database database;
    private final KafkaSettings kafka;
    private final ReaderMetrics metrics;
    private final Clock clock;
    private final ReaderPace pace;
    private final Map<String, Input> inputs;
    private final List<String> required;
    private final List<String> optional;
    private final Thread thread;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private List<String> reported = List.of();
    private volatile Optional<Consumer<byte[], byte[]>> reading = Optional.empty();

    private ModelReader(
            Database database,
            KafkaSettings kafka,
            IndexedTopics indexed,
            ReaderMetrics metrics,
            Clock clock,
            ReaderPace pace) {
        this.database = database;
        this.kafka = kafka;
        this.metrics = metrics;
        this.clock = clock;
        this.pace = pace;
        var all = Inputs.of(kafka, indexed);
        this.inputs = all.byTopic();
        this.required = all.required();
        this.optional = all.optional();
        this.thread = new Thread(this::run, "query-reader");
        thread.setDaemon(true);
    }

    /** Starts to read, as soon as database and Kafka can be reached and no other process does. */
    public static ModelReader start(
            Database database, KafkaSettings kafka, IndexedTopics indexed, ReaderMetrics metrics, Clock clock) {
        return start(database, kafka, indexed, metrics, clock, ReaderPace.USUAL);
    }

    /** As above, at another pace. */
    static ModelReader start(
            Database database,
            KafkaSettings kafka,
            IndexedTopics indexed,
            ReaderMetrics metrics,
            Clock clock,
            ReaderPace pace) {
        var reader = new ModelReader(database, kafka, indexed, metrics, clock, pace);
        reader.thread.start();
        return reader;
    }

    private void run() {
        while (!isStopping()) {
            try (var writer = ModelWriter.open(database).orElse(null)) {
                if (writer != null) {
                    readInto(writer);
                }
            } catch (WakeupException e) {
                // it stops
            } catch (SQLException | RuntimeException e) {
                report(e);
            }
            pause();
        }
    }

    /** Once for each cause: it tries again each second. */
    private void report(Exception failure) {
        var cause = SafeCause.chain(failure);
        if (!cause.equals(reported)) {
            reported = cause;
            LOG.atWarn()
                    .addKeyValue("cause", cause)
                    .addKeyValue("sqlState", failure instanceof SQLException sql ? sql.getSQLState() : "")
                    .log("Reading into the read model failed; it continues from the last transaction");
        }
    }

    private void readInto(ModelWriter writer) throws SQLException {
        try (var consumer = ModelConsumer.open(kafka)) {
            reading = Optional.of(consumer);
            var further = ModelConsumer.existing(consumer, optional);
            var all = ModelConsumer.partitions(
                    consumer, Stream.concat(required.stream(), further.stream()).toList());
            ModelConsumer.assign(consumer, all, writer.positions());
            var watermark = new Watermark();
            var askAt = clock.instant();
            var lookAt = clock.instant().plus(pace.lookForTopics());
            while (!isStopping()) {
                if (further.size() < optional.size() && !clock.instant().isBefore(lookAt)) {
                    if (ModelConsumer.existing(consumer, optional).size() > further.size()) {
                        return; // begins again, with the topics that are there now
                    }
                    lookAt = clock.instant().plus(pace.lookForTopics());
                }
                if (!watermark.isPending() && !clock.instant().isBefore(askAt)) {
                    askAt = clock.instant().plus(pace.askEnds());
                    watermark.expect(clock.instant(), consumer.endOffsets(all));
                }
                var records = consumer.poll(pace.poll());
                var positions = ModelConsumer.positions(consumer);
                var asOf = watermark.reached(positions);
                if (!records.isEmpty() || asOf.isPresent()) {
                    var read = new ArrayList<Read>();
                    records.forEach(record -> read.add(read(record)));
                    metrics.written(read.size(), writer.write(new Batch(read, positions, asOf, further)));
                    reported = List.of();
                }
            }
        } finally {
            reading = Optional.empty();
        }
    }

    /** What the record becomes; while the schema registry is away, nothing can be said about it. */
    private Read read(ConsumerRecord<byte[], byte[]> record) {
        var from = new TopicPartition(record.topic(), record.partition());
        var at = Instant.ofEpochMilli(Math.max(0, record.timestamp()));
        try {
            var input = inputs.get(record.topic());
            var changes = input == null ? List.<Change>of() : input.rows().of(record);
            return new Read(from, record.offset(), at, changes, Optional.empty());
        } catch (RuntimeException e) {
            if (RegistryFailure.isUnavailable(e)) {
                throw e;
            }
            return new Read(from, record.offset(), at, List.of(), Optional.of(SafeCause.describe(e)));
        }
    }

    private boolean isStopping() {
        return stopping.getCount() == 0;
    }

    private void pause() {
        try {
            var unused = stopping.await(pace.retry().toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            stopping.countDown();
        }
    }

    /** Stops after the transaction under way. */
    @Override
    public void close() {
        stopping.countDown();
        reading.ifPresent(Consumer::wakeup);
        try {
            thread.join(STOP_TIMEOUT.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
