package ipn.operations.topic;

import ipn.avro.Cause;
import ipn.avro.RecordPosition;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Where a record stands. */
public record Position(String topic, int partition, long offset) {
    public static Position of(ConsumerRecord<?, ?> record) {
        return new Position(record.topic(), record.partition(), record.offset());
    }

    /** Of the raw record or order behind a change. */
    public static Position of(Cause cause) {
        return new Position(cause.getTopic(), cause.getPartition(), cause.getOffset());
    }

    /** As it stands in our records. */
    public static Position of(RecordPosition position) {
        return new Position(position.getTopic(), position.getPartition(), position.getOffset());
    }

    /** As {@code ipn.raw-3@17}. */
    @Override
    public String toString() {
        return topic + "-" + partition + "@" + offset;
    }
}
