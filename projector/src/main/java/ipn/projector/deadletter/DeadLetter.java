package ipn.projector.deadletter;

import ipn.avro.RecordPosition;
import ipn.avro.SourceRecord;
import ipn.topics.Reason;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.processor.StreamPartitioner;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * A dead letter that is emitted: key and value exactly as they were, and the partition they were in. Not a Java record: it holds the
 * raw arrays that are written.
 */
public final class DeadLetter {
    /** The partition of a dead letter is the partition of its source. */
    public static final StreamPartitioner<DeadLetter, DeadLetter> AS_SOURCE =
            (topic, letter, value, partitions) -> Optional.of(Set.of(letter.partition % partitions));

    private static final String STAGE = "projector";

    private final byte @Nullable [] key;
    private final byte @Nullable [] value;
    private final int partition;

    private DeadLetter(byte @Nullable [] key, byte @Nullable [] value, int partition) {
        this.key = key;
        this.value = value;
        this.partition = partition;
    }

    /**
     * The record to emit for one that could not be processed.
     *
     * @param timestamp of the record that reports it
     */
    public static Record<DeadLetter, DeadLetter> emit(Failure failure, SourceRecord raw, long timestamp) {
        var letter = new DeadLetter(
                ByteBuffers.bytes(raw.getKey()),
                ByteBuffers.bytes(raw.getValue()),
                failure.source().getPartition());
        return new Record<>(letter, letter, timestamp, DeadLetterHeaders.build(failure, raw));
    }

    /**
     * The record to emit for one that the projector could not process.
     *
     * @param at where it is
     * @param detail for people: what was expected where; never a value
     * @param origin as {@link Failure#origin()}
     */
    public static Record<DeadLetter, DeadLetter> reject(
            RecordPosition at,
            Record<byte @Nullable [], byte @Nullable []> record,
            Reason reason,
            String detail,
            String origin) {
        var failedAt = Instant.ofEpochMilli(record.timestamp());
        var failure = new Failure(STAGE, reason, Optional.of(detail), origin, at, failedAt);
        return emit(failure, SourceRecords.from(record), record.timestamp());
    }

    public static Serializer<DeadLetter> keys() {
        return (topic, letter) -> letter.key;
    }

    public static Serializer<DeadLetter> values() {
        return (topic, letter) -> letter.value;
    }
}
