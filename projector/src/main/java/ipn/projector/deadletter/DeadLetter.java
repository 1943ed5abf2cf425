package ipn.projector.deadletter;

import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * A dead letter on its way out: key and value exactly as they were, and the partition they were in. Not a record: it holds
 * the raw arrays that are written.
 */
final class DeadLetter {
    private final byte @Nullable [] key;
    private final byte @Nullable [] value;
    private final int partition;

    DeadLetter(byte @Nullable [] key, byte @Nullable [] value, int partition) {
        this.key = key;
        this.value = value;
        this.partition = partition;
    }

    int partition() {
        return partition;
    }

    static Serializer<DeadLetter> keys() {
        return (topic, letter) -> letter.key;
    }

    static Serializer<DeadLetter> values() {
        return (topic, letter) -> letter.value;
    }
}
