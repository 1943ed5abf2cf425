package ipn.operations.conservation;

import ipn.operations.topic.OffsetRanges;
import ipn.operations.topic.TopicReader;
import java.time.Instant;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * The raw topic as one step of the check finds it.
 *
 * @param all its records
 * @param recent those that are not too old to be checked
 * @param young those that are too young
 * @param decided committed offsets of the processor
 */
record RawSnapshot(OffsetRanges all, OffsetRanges recent, OffsetRanges young, Map<TopicPartition, Long> decided) {
    /**
     * Reads it.
     *
     * @param oldest records that were stored before are too old
     * @param youngest records that were stored then or later are too young
     */
    static RawSnapshot take(
            TopicReader reader, String topic, Instant oldest, Instant youngest, Map<TopicPartition, Long> decided) {
        var all = reader.all(topic);
        return new RawSnapshot(all, reader.since(all, oldest), reader.since(all, youngest), decided);
    }

    long decided(TopicPartition partition) {
        return decided.getOrDefault(partition, 0L);
    }

    /** The first offset to check. What waits to be decided is never too old. */
    long first(TopicPartition partition) {
        return Math.max(Math.min(recent.begin(partition), decided(partition)), all.begin(partition));
    }

    /** The first offset that is too young. */
    long young(TopicPartition partition) {
        return young.begin(partition);
    }

    /** The first offset that cannot be checked yet. */
    long checkable(TopicPartition partition) {
        return Math.min(young(partition), decided(partition));
    }
}
