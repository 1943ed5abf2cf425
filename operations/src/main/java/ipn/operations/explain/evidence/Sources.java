package ipn.operations.explain.evidence;

import static java.nio.charset.StandardCharsets.UTF_8;

import ipn.operations.topic.Progress;
import ipn.operations.topic.TopicReader;
import ipn.serde.AvroSerdes;
import ipn.topics.KafkaSettings;
import java.util.Collection;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** What an explanation is read from. Every reading is one pass over the partitions it names. */
public record Sources(KafkaSettings kafka, AvroSerdes serdes, TopicReader reader, Progress progress) {

    /** Hears of each record, in the order of its partition. */
    @FunctionalInterface
    public interface Each<T> {
        /** @param value null where the key was removed */
        void accept(ConsumerRecord<byte[], byte[]> record, String key, @Nullable T value);
    }

    /** A topic of the catalogue by its full name. */
    public String name(String topic) {
        return kafka.topics().name(topic);
    }

    /** The partitions where these keys live. */
    Set<TopicPartition> of(String fullName, Collection<String> keys) {
        return keys.stream()
                .map(key -> reader.partitionOf(fullName, key.getBytes(UTF_8)))
                .collect(Collectors.toSet());
    }

    /** @param keys only records with such a key are looked into */
    public <T extends SpecificRecord> void read(
            Collection<TopicPartition> partitions, Class<T> type, Predicate<String> keys, Each<T> each) {
        if (partitions.isEmpty()) {
            return;
        }
        try (var values = serdes.deserializer(type)) {
            reader.read(reader.all(partitions), step(partitions), progress, record -> {
                var key = key(record);
                if (keys.test(key)) {
                    each.accept(
                            record,
                            key,
                            record.value() == null ? null : values.deserialize(record.topic(), record.value()));
                }
            });
        }
    }

    /** A record's key; empty where it has none. */
    static String key(ConsumerRecord<byte[], byte[]> record) {
        return record.key() == null ? "" : new String(record.key(), UTF_8);
    }

    public static String step(Collection<TopicPartition> partitions) {
        return "reading " + partitions.iterator().next().topic();
    }
}
