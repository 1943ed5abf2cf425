package ipn.operations.topic;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Keeps the newest records of one key while a partition is read in order. */
public final class NewestRecords implements Consumer<ConsumerRecord<byte[], byte[]>> {
    private final byte[] key;
    private final int limit;
    private final Deque<ConsumerRecord<byte[], byte[]>> kept = new ArrayDeque<>();

    public NewestRecords(byte[] key, int limit) {
        this.key = key.clone();
        this.limit = limit;
    }

    @Override
    public void accept(ConsumerRecord<byte[], byte[]> record) {
        if (Arrays.equals(key, record.key())) {
            kept.addFirst(record);
            if (kept.size() > limit) {
                kept.removeLast();
            }
        }
    }

    /** The records that were kept, the newest first. */
    public List<ConsumerRecord<byte[], byte[]>> records() {
        return List.copyOf(kept);
    }
}
