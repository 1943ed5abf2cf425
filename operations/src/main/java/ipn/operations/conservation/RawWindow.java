package ipn.operations.conservation;

import ipn.operations.topic.OffsetRanges;
import ipn.operations.topic.Position;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * Some raw records of one partition.
 *
 * @param to exclusive
 */
record RawWindow(TopicPartition partition, long from, long to) {
    boolean isEmpty() {
        return to <= from;
    }

    boolean has(Position source) {
        return isOfPartition(source) && source.offset() >= from && source.offset() < to;
    }

    boolean isBefore(Position source) {
        return isOfPartition(source) && to <= source.offset();
    }

    boolean isAfter(Position source) {
        return isOfPartition(source) && source.offset() < from;
    }

    private boolean isOfPartition(Position source) {
        return source.topic().equals(partition.topic()) && source.partition() == partition.partition();
    }

    OffsetRanges offsets() {
        return new OffsetRanges(Map.of(partition, from), Map.of(partition, to));
    }
}
