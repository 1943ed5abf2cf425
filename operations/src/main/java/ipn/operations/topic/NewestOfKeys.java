package ipn.operations.topic;

import ipn.operations.Hashing;
import it.unimi.dsi.fastutil.longs.Long2LongOpenHashMap;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads the newest record of each key of a topic, such as a changelog, in two passes: the first finds their offsets, of which only 16 bytes are
 * kept for each key, and the second passes on the records. Records without a value are deletions.
 */
public final class NewestOfKeys {
    private final TopicReader reader;
    private final String topic;
    private final Predicate<byte[]> keys;

    /** @param keys which keys are wanted */
    public NewestOfKeys(TopicReader reader, String topic, Predicate<byte[]> keys) {
        this.reader = reader;
        this.topic = topic;
        this.keys = keys;
    }

    /** How many keys were found, and how many of their records were gone in the second pass because a newer one took their place. */
    public record Result(long keys, long replaced) {}

    /** Passes on the newest record of each key. */
    public Result read(Progress progress, Consumer<ConsumerRecord<byte[], byte[]>> each) {
        var ranges = reader.all(topic);
        var newest = new HashMap<TopicPartition, Long2LongOpenHashMap>();
        reader.read(ranges, "finding the newest records of " + topic, progress, record -> find(record, newest));
        var found =
                newest.values().stream().mapToLong(Long2LongOpenHashMap::size).sum();
        var passed = new long[1];
        reader.read(ranges, "reading " + topic, progress, record -> {
            if (isNewest(record, newest)) {
                passed[0]++;
                each.accept(record);
            }
        });
        return new Result(found, found - passed[0]);
    }

    private void find(ConsumerRecord<byte[], byte[]> record, Map<TopicPartition, Long2LongOpenHashMap> newest) {
        if (record.key() != null && keys.test(record.key())) {
            var offsets = newest.computeIfAbsent(partition(record), any -> new Long2LongOpenHashMap());
            var hash = Hashing.hash(record.key());
            if (record.value() == null) {
                offsets.remove(hash);
            } else {
                offsets.put(hash, record.offset() + 1);
            }
        }
    }

    /** Without an entry, the map has 0. */
    private boolean isNewest(ConsumerRecord<byte[], byte[]> record, Map<TopicPartition, Long2LongOpenHashMap> newest) {
        var offsets = newest.get(partition(record));
        return offsets != null
                && record.key() != null
                && record.value() != null
                && keys.test(record.key())
                && offsets.get(Hashing.hash(record.key())) == record.offset() + 1;
    }

    private static TopicPartition partition(ConsumerRecord<byte[], byte[]> record) {
        return new TopicPartition(record.topic(), record.partition());
    }
}
