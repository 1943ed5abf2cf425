package ipn.runtime.lag;

import ipn.topics.KafkaSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/**
 * Finds what stands behind a transaction that is not over. Readers of committed records do not see it, and their end of a partition stays before it: a
 * transaction that stays open would look like a stage with nothing to do. Not thread-safe.
 */
final class OpenTransactions implements AutoCloseable {
    private static final Duration READING_MAX = Duration.ofSeconds(2);
    private static final Duration POLL = Duration.ofMillis(100);

    private final KafkaConsumer<byte[], byte[]> consumer;

    OpenTransactions(KafkaSettings kafka) {
        consumer = LagConsumer.open(
                kafka,
                Map.of(
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_uncommitted",
                        ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "1",
                        ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, "1024"));
    }

    /** The ends of partitions with everything that is not committed. */
    Map<TopicPartition, Long> ends(Set<TopicPartition> partitions) {
        return consumer.endOffsets(partitions);
    }

    /**
     * When the first record was written that readers of committed records do not see.
     *
     * @param from their end of each partition, where there is more behind it
     */
    Map<TopicPartition, Instant> begun(Map<TopicPartition, Long> from) {
        var begun = new HashMap<TopicPartition, Instant>();
        consumer.assign(from.keySet());
        consumer.resume(from.keySet()); // a partition that stays assigned stays paused
        from.forEach(consumer::seek);
        var until = System.nanoTime() + READING_MAX.toNanos();
        while (begun.size() < from.size() && System.nanoTime() < until) {
            for (var record : consumer.poll(POLL)) {
                var partition = new TopicPartition(record.topic(), record.partition());
                begun.putIfAbsent(partition, Instant.ofEpochMilli(record.timestamp()));
                consumer.pause(Set.of(partition));
            }
        }
        return begun;
    }

    /** Ends a reading that waits for Kafka; from any thread. */
    void wakeup() {
        consumer.wakeup();
    }

    @Override
    public void close() {
        consumer.close();
    }
}
