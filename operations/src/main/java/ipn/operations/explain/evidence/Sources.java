package ipn.operations.explain.evidence;

import static java.nio.charset.StandardCharsets.UTF_8;

import ipn.operations.topic.AvroValues;
import ipn.operations.topic.Lookup;
import ipn.operations.topic.Progress;
import ipn.operations.topic.RecordSource;
import ipn.operations.topic.TopicReader;
import ipn.serde.AvroSerdes;
import java.util.Collection;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * The topics that explanations read. Each call reads its partitions once, or what an index finds in them.
 *
 * @param reader opened by the source
 */
public record Sources(RecordSource source, TopicReader reader, Progress progress) {

    /** Receives each record, in the order of its partition. */
    @FunctionalInterface
    public interface Each<T> {
        /** @param value null if the key was deleted */
        void accept(ConsumerRecord<byte[], byte[]> record, String key, @Nullable T value);
    }

    /** Full name of a topic of the catalogue. */
    public String name(String topic) {
        return source.name(topic);
    }

    /** Serializers of all values. */
    public AvroSerdes serdes() {
        return source.serdes();
    }

    /** All records of a topic of the catalogue. */
    public Lookup all(String topic) {
        return source.all(topic);
    }

    /** The partitions of some keys. */
    public Set<TopicPartition> partitionsOf(String fullName, Collection<String> keys) {
        return keys.stream()
                .map(key -> reader.partitionOf(fullName, key.getBytes(UTF_8)))
                .collect(Collectors.toSet());
    }

    /** @param keys selects the records to deserialize by key */
    public <T extends SpecificRecord> void read(
            Collection<TopicPartition> partitions, Class<T> type, Predicate<String> keys, Each<T> each) {
        if (partitions.isEmpty()) {
            return;
        }
        try (var values = serdes().deserializer(type)) {
            reader.read(
                    reader.all(partitions), step(partitions), progress, record -> accept(record, values, keys, each));
        }
    }

    /** As above, of the records that a lookup finds. */
    public <T extends SpecificRecord> void find(Lookup lookup, Class<T> type, Predicate<String> keys, Each<T> each) {
        try (var values = serdes().deserializer(type)) {
            reader.find(lookup, progress, record -> accept(record, values, keys, each));
        }
    }

    private static <T extends SpecificRecord> void accept(
            ConsumerRecord<byte[], byte[]> record, Deserializer<T> values, Predicate<String> keys, Each<T> each) {
        var key = key(record);
        if (keys.test(key)) {
            each.accept(record, key, AvroValues.read(record, values).orElse(null));
        }
    }

    /** The key of a record; empty if it has none. */
    public static String key(ConsumerRecord<byte[], byte[]> record) {
        return record.key() == null ? "" : new String(record.key(), UTF_8);
    }

    public static String step(Collection<TopicPartition> partitions) {
        return "reading " + partitions.iterator().next().topic();
    }
}
