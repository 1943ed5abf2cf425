package ipn.operations.topic;

import ipn.avro.Cause;
import ipn.avro.RecordPosition;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Topic, partition and offset of a record. */
public record Position(String topic, int partition, long offset) {
    public static Position of(ConsumerRecord<?, ?> record) {
        return new Position(record.topic(), record.partition(), record.offset());
    }

    /** Position of the raw record or order that caused a change. */
    public static Position of(Cause cause) {
        return new Position(cause.getTopic(), cause.getPartition(), cause.getOffset());
    }

    /** Position as Avro records contain it. */
    public static Position of(RecordPosition position) {
        return new Position(position.getTopic(), position.getPartition(), position.getOffset());
    }

    /** Such as {@code ipn.raw-3@17}. */
    @Override
    public String toString() {
        return topic + "-" + partition + "@" + offset;
    }
}
