package ipn.runtime.streams;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.KafkaClientSupplier;

/**
 * The clients of Kafka Streams; the consumer and the producer of a stream thread call its {@link PacedCommits}, and report its
 * {@link ThreadProgress}.
 */
final class PacedClients implements KafkaClientSupplier {
    /**
     * How long a producer may take to close. Without a bound, one that cannot reach the broker waits for the end of its transaction, and meanwhile
     * the consumer of its thread stays a member of the group: no other thread gets the partitions. The broker aborts the transaction.
     */
    private static final Duration CLOSE_MAX = Duration.ofSeconds(5);

    private static final long POSITIONS_INTERVAL = Duration.ofMillis(500).toNanos();

    private final Map<Thread, ThreadProgress> progress = new ConcurrentHashMap<>();
    private final Set<PacedConsumer> consumers = ConcurrentHashMap.newKeySet();
    private final Set<PacedProducer> producers = ConcurrentHashMap.newKeySet();

    /** The progress of each thread that has polled and is alive. */
    List<ThreadProgress> progress() {
        progress.keySet().removeIf(thread -> !thread.isAlive());
        return List.copyOf(progress.values());
    }

    /** Ends what the threads wait for, so that they fail and end. */
    void abandon() {
        producers.forEach(producer -> producer.close(Duration.ZERO));
        consumers.forEach(PacedConsumer::wakeup);
    }

    private ThreadProgress ofThread() {
        return progress.computeIfAbsent(Thread.currentThread(), thread -> new ThreadProgress(System.nanoTime()));
    }

    @Override
    public Admin getAdmin(Map<String, Object> config) {
        return Admin.create(config);
    }

    @Override
    public Producer<byte[], byte[]> getProducer(Map<String, Object> config) {
        var producer = new PacedProducer(config);
        producers.add(producer);
        return producer;
    }

    @Override
    public Consumer<byte[], byte[]> getConsumer(Map<String, Object> config) {
        var consumer = new PacedConsumer(config);
        consumers.add(consumer);
        return consumer;
    }

    @Override
    public Consumer<byte[], byte[]> getRestoreConsumer(Map<String, Object> config) {
        return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    @Override
    public Consumer<byte[], byte[]> getGlobalConsumer(Map<String, Object> config) {
        return getRestoreConsumer(config);
    }

    private final class PacedConsumer extends KafkaConsumer<byte[], byte[]> {
        private long reportedAt = System.nanoTime() - POSITIONS_INTERVAL;

        PacedConsumer(Map<String, Object> config) {
            super(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        }

        @Override
        public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
            // before the poll: what fails here must not lose the records of a poll
            reportPositions();
            var commits = PacedCommits.ofThread();
            LockSupport.parkNanos(commits.pause(timeout).toNanos());
            var records = super.poll(commits.beforePoll(timeout));
            commits.afterPoll(records.count());
            report(records);
            return records;
        }

        private void reportPositions() {
            var now = System.nanoTime();
            if (now - reportedAt >= POSITIONS_INTERVAL) {
                reportedAt = now;
                var partitions = assignment();
                ofThread().assigned(partitions, positions(partitions), now);
            }
        }

        private void report(ConsumerRecords<byte[], byte[]> records) {
            var thread = ofThread();
            for (var partition : records.partitions()) {
                var all = records.records(partition);
                thread.fetched(partition, all.get(all.size() - 1).offset());
            }
        }

        private Map<TopicPartition, Long> positions(Set<TopicPartition> partitions) {
            var known = new HashMap<TopicPartition, Long>();
            for (var partition : partitions) {
                try {
                    known.put(partition, position(partition, Duration.ZERO));
                } catch (TimeoutException e) {
                    // not known yet: the committed offset is being fetched
                }
            }
            return known;
        }

        @Override
        public void close(CloseOptions option) {
            consumers.remove(this);
            super.close(option);
        }
    }

    /** Used by one stream thread. It holds records until they are many, or the transaction is about to end. */
    private final class PacedProducer extends KafkaProducer<byte[], byte[]> {
        private final HeldRecords held = new HeldRecords((record, callback) -> {
            var unused = super.send(record, callback);
        });

        PacedProducer(Map<String, Object> config) {
            super(config, new ByteArraySerializer(), new ByteArraySerializer());
        }

        @Override
        public Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record, Callback callback) {
            var sent = new CompletableFuture<RecordMetadata>();
            held.add(record, (metadata, failure) -> {
                if (failure == null) {
                    sent.complete(metadata);
                } else {
                    sent.completeExceptionally(failure);
                }
                callback.onCompletion(metadata, failure);
            });
            return sent;
        }

        @Override
        public void flush() {
            PacedCommits.ofThread().spend(() -> {
                held.sendAll();
                super.flush();
            });
        }

        @Override
        public void sendOffsetsToTransaction(
                Map<TopicPartition, OffsetAndMetadata> offsets, ConsumerGroupMetadata group) {
            PacedCommits.ofThread().spend(() -> super.sendOffsetsToTransaction(offsets, group));
            var committing = new HashMap<TopicPartition, Long>();
            offsets.forEach((partition, offset) -> committing.put(partition, offset.offset()));
            ofThread().committing(committing);
        }

        @Override
        public void commitTransaction() {
            PacedCommits.ofThread().spend(() -> {
                held.sendAll();
                super.commitTransaction();
            });
            PacedCommits.ofThread().ended();
            ofThread().committed(System.nanoTime());
        }

        @Override
        public void abortTransaction() {
            held.drop();
            super.abortTransaction();
            PacedCommits.ofThread().ended();
        }

        @Override
        public void close(Duration timeout) {
            producers.remove(this);
            super.close(timeout.compareTo(CLOSE_MAX) < 0 ? timeout : CLOSE_MAX);
        }
    }
}
