package ipn.operations.conservation;

import ipn.operations.topic.OffsetRanges;
import ipn.operations.topic.Position;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * Some raw records of one partition, all of them decided.
 *
 * @param to exclusive
 * @param decided the processor has decided all records below this offset
 * @param end there was no record at or above this offset when the window was chosen
 */
record RawWindow(TopicPartition partition, long from, long to, long decided, long end) {
    /** Where a raw record is, compared with a window. */
    enum Place {
        OTHER_PARTITION,
        EARLIER,
        WITHIN,
        LATER,
        /** At or above the committed offset of the processor. */
        UNDECIDED
    }

    Place place(Position source) {
        if (!source.topic().equals(partition.topic()) || source.partition() != partition.partition()) {
            return Place.OTHER_PARTITION;
        }
        if (source.offset() < from) {
            return Place.EARLIER;
        }
        if (source.offset() < to) {
            return Place.WITHIN;
        }
        return source.offset() < decided ? Place.LATER : Place.UNDECIDED;
    }

    boolean has(Position source) {
        return place(source) == Place.WITHIN;
    }

    OffsetRanges offsets() {
        return new OffsetRanges(Map.of(partition, from), Map.of(partition, to));
    }
}
