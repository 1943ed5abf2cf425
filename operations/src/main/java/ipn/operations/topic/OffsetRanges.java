package ipn.operations.topic;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/**
 * A range of offsets of each of some partitions.
 *
 * @param from first offset of each partition
 * @param to end offset of each partition, exclusive
 */
public record OffsetRanges(Map<TopicPartition, Long> from, Map<TopicPartition, Long> to) {
    public OffsetRanges {
        from = Map.copyOf(from);
        to = Map.copyOf(to);
        if (!from.keySet().equals(to.keySet())) {
            throw new IllegalArgumentException("to: " + to.keySet() + " (expected: the partitions of from)");
        }
    }

    /** Ranges of one offset each. */
    public static OffsetRanges single(Map<TopicPartition, Long> offsets) {
        var next = new HashMap<TopicPartition, Long>();
        offsets.forEach((partition, offset) -> next.put(partition, offset + 1));
        return new OffsetRanges(offsets, next);
    }

    public Set<TopicPartition> partitions() {
        return from.keySet();
    }

    /** The ranges that are not empty. */
    OffsetRanges withoutEmpty() {
        var begins = new HashMap<>(from);
        begins.keySet().removeIf(partition -> begins.getOrDefault(partition, 0L) >= end(partition));
        var ends = new HashMap<>(to);
        ends.keySet().retainAll(begins.keySet());
        return new OffsetRanges(begins, ends);
    }

    /** The ranges of all other topics. */
    public OffsetRanges without(String topic) {
        var begins = new HashMap<>(from);
        begins.keySet().removeIf(partition -> partition.topic().equals(topic));
        var ends = new HashMap<>(to);
        ends.keySet().retainAll(begins.keySet());
        return new OffsetRanges(begins, ends);
    }

    public long begin(TopicPartition partition) {
        return from.getOrDefault(partition, 0L);
    }

    public long end(TopicPartition partition) {
        return to.getOrDefault(partition, 0L);
    }

    public long length() {
        return sum(to) - sum(from);
    }

    private static long sum(Map<TopicPartition, Long> offsets) {
        return offsets.values().stream().mapToLong(Long::longValue).sum();
    }
}
