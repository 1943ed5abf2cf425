package ipn.operations;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Where a record stands. */
public record Position(String topic, int partition, long offset) {
    public static Position of(ConsumerRecord<?, ?> record) {
        return new Position(record.topic(), record.partition(), record.offset());
    }

    /** As {@code ipn.raw-3@17}. */
    @Override
    public String toString() {
        return topic + "-" + partition + "@" + offset;
    }
}
