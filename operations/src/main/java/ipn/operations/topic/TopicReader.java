package ipn.operations.topic;

import ipn.operations.OperationFailedException;
import ipn.topics.KafkaSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.utils.Utils;

/**
 * Reads stretches of topics, committed records only, without a consumer group: it leaves no trace on the broker.
 *
 * <p>The end of a stretch is a position, not a record: the last offsets of a topic written in transactions are
 * markers, so waiting for a record there would be waiting for ever.
 */
public final class TopicReader implements AutoCloseable {
    /** Longer than the transaction timeout of every writer, so that a killed one cannot make reading fail. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final Duration POLL = Duration.ofMillis(200);
    private static final int FETCH_BYTES_MAX = 16 * 1024 * 1024;

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Duration patience;

    private TopicReader(KafkaConsumer<byte[], byte[]> consumer, Duration patience) {
        this.consumer = consumer;
        this.patience = patience;
    }

    public static TopicReader open(KafkaSettings kafka) {
        return open(kafka, PATIENCE);
    }

    /** @param patience how long nothing may move before reading gives up with a {@link StalledException} */
    static TopicReader open(KafkaSettings kafka, Duration patience) {
        var bytes = new ByteArrayDeserializer();
        return new TopicReader(new KafkaConsumer<>(consumerOf(kafka), bytes, bytes), patience);
    }

    private static Properties consumerOf(KafkaSettings kafka) {
        var properties = kafka.client();
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
        // Retention may take the first records away while they are being read: go on with what is left.
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, Integer.toString(FETCH_BYTES_MAX));
        // What is asked for is there already; a fetch that waits for more would only hold up the next reading.
        properties.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, "20");
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "2000");
        return properties;
    }

    /** The partitions of a topic, which must exist. */
    public List<TopicPartition> partitions(String topic) {
        var found = consumer.partitionsFor(topic);
        if (found == null || found.isEmpty()) {
            throw new OperationFailedException(
                    "topic: " + topic + " is not there (expected: ipn topics apply was run)");
        }
        return found.stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
    }

    /** The partition where the default partitioner puts records of this key. */
    public TopicPartition partitionOf(String topic, byte[] key) {
        return new TopicPartition(
                topic, Utils.toPositive(Utils.murmur2(key)) % partitions(topic).size());
    }

    /** All that is committed in a topic now. */
    public OffsetRanges all(String topic) {
        return all(partitions(topic));
    }

    /** All that is committed in these partitions now. */
    public OffsetRanges all(Collection<TopicPartition> partitions) {
        return new OffsetRanges(consumer.beginningOffsets(partitions), consumer.endOffsets(partitions));
    }

    /** The part of a stretch that the broker stored then or later. */
    public OffsetRanges since(OffsetRanges span, Instant time) {
        var times = new HashMap<TopicPartition, Long>();
        span.partitions().forEach(partition -> times.put(partition, time.toEpochMilli()));
        var from = new HashMap<TopicPartition, Long>();
        // nothing that new: nothing to read
        consumer.offsetsForTimes(times)
                .forEach((partition, first) ->
                        from.put(partition, first == null ? span.end(partition) : first.offset()));
        return new OffsetRanges(from, span.to());
    }

    /** Passes every committed record of the stretch on, in the order of each partition. */
    public void read(OffsetRanges span, String step, Progress progress, Consumer<ConsumerRecord<byte[], byte[]>> each) {
        var pending = span.withoutEmpty();
        consumer.assign(pending.partitions());
        // Assigning the partitions of the last reading again would leave them paused, as it left them.
        consumer.resume(pending.partitions());
        pending.from().forEach(consumer::seek);
        var open = new HashSet<>(pending.partitions());
        var total = pending.length();
        var left = total;
        var movedAt = System.nanoTime();
        progress.at(step, 0, total);
        while (!open.isEmpty()) {
            for (var record : consumer.poll(POLL)) {
                if (record.offset() < pending.end(new TopicPartition(record.topic(), record.partition()))) {
                    each.accept(record);
                }
            }
            var stillLeft = left(pending, open);
            movedAt = stillLeft < left ? System.nanoTime() : movedAt;
            left = stillLeft;
            progress.at(step, total - left, total);
            failWhenStalled(pending, open, movedAt);
        }
    }

    /** Offsets still to pass; partitions that are done leave {@code open} and are fetched no more. */
    private long left(OffsetRanges span, Set<TopicPartition> open) {
        var left = 0L;
        for (var partition : List.copyOf(open)) {
            var ahead = span.end(partition) - consumer.position(partition);
            if (ahead > 0) {
                left += ahead;
            } else {
                open.remove(partition);
                consumer.pause(Set.of(partition));
            }
        }
        return left;
    }

    private void failWhenStalled(OffsetRanges span, Set<TopicPartition> open, long movedAt) {
        if (!open.isEmpty() && System.nanoTime() - movedAt > patience.toNanos()) {
            var stuck = open.iterator().next();
            throw new StalledException(stuck, consumer.position(stuck), span.end(stuck), patience);
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}
