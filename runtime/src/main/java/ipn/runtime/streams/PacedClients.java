package ipn.runtime.streams;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
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
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.KafkaClientSupplier;

/** The clients of Kafka Streams; the consumer and the producer of a stream thread call its {@link PacedCommits}. */
final class PacedClients implements KafkaClientSupplier {
    @Override
    public Admin getAdmin(Map<String, Object> config) {
        return Admin.create(config);
    }

    @Override
    public Producer<byte[], byte[]> getProducer(Map<String, Object> config) {
        return new PacedProducer(config);
    }

    @Override
    public Consumer<byte[], byte[]> getConsumer(Map<String, Object> config) {
        return new PacedConsumer(config);
    }

    @Override
    public Consumer<byte[], byte[]> getRestoreConsumer(Map<String, Object> config) {
        return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    @Override
    public Consumer<byte[], byte[]> getGlobalConsumer(Map<String, Object> config) {
        return getRestoreConsumer(config);
    }

    private static final class PacedConsumer extends KafkaConsumer<byte[], byte[]> {
        PacedConsumer(Map<String, Object> config) {
            super(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        }

        @Override
        public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
            var commits = PacedCommits.ofThread();
            var records = super.poll(commits.beforePoll(timeout));
            if (records.isEmpty()) {
                commits.afterEmptyPoll();
            }
            return records;
        }
    }

    /** Used by one stream thread. It holds records until they are many, or the transaction is about to end. */
    private static final class PacedProducer extends KafkaProducer<byte[], byte[]> {
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
        }

        @Override
        public void commitTransaction() {
            PacedCommits.ofThread().spend(() -> {
                held.sendAll();
                super.commitTransaction();
            });
            PacedCommits.ofThread().ended();
        }

        @Override
        public void abortTransaction() {
            held.drop();
            super.abortTransaction();
            PacedCommits.ofThread().ended();
        }
    }
}
