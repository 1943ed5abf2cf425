package ipn.query.reader;

import ipn.topics.KafkaSettings;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** The consumer of the read model: committed records only, and no consumer group, because the tables have the offsets. */
final class ModelConsumer {
    private static final int RECORDS_MAX = 2_000;
    private static final int FETCH_BYTES = 8 * 1024 * 1024;
    private static final int API_TIMEOUT_MS = 15_000;

    private ModelConsumer() {}

    static Consumer<byte[], byte[]> open(KafkaSettings kafka) {
        var client = kafka.client();
        client.putAll(Map.of(
                ConsumerConfig.CLIENT_ID_CONFIG,
                "ipn-query",
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed",
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false,
                ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
                false,
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "earliest",
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                RECORDS_MAX,
                ConsumerConfig.FETCH_MAX_BYTES_CONFIG,
                FETCH_BYTES,
                ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                API_TIMEOUT_MS));
        return new KafkaConsumer<>(client, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** Every partition of some topics. */
    static List<TopicPartition> partitions(Consumer<?, ?> consumer, Collection<String> topics) {
        return topics.stream()
                .flatMap(topic -> partitions(consumer, topic).stream())
                .toList();
    }

    /** Those of some topics that exist and may be read. */
    static List<String> existing(Consumer<?, ?> consumer, Collection<String> topics) {
        return topics.stream().filter(topic -> exists(consumer, topic)).toList();
    }

    private static boolean exists(Consumer<?, ?> consumer, String topic) {
        try {
            var partitions = consumer.partitionsFor(topic);
            return partitions != null && !partitions.isEmpty();
        } catch (AuthorizationException e) {
            return false;
        }
    }

    private static List<TopicPartition> partitions(Consumer<?, ?> consumer, String topic) {
        var partitions = consumer.partitionsFor(topic);
        if (partitions == null || partitions.isEmpty()) {
            throw new IllegalStateException(topic + ": missing (expected: a topic, see ipn topics apply)");
        }
        return partitions.stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
    }

    /** Assigns all partitions: from where the tables are; one that they do not know is read from its start. */
    static void assign(Consumer<?, ?> consumer, List<TopicPartition> all, Map<TopicPartition, Long> known) {
        consumer.assign(all);
        for (var partition : all) {
            var next = known.get(partition);
            if (next == null) {
                consumer.seekToBeginning(List.of(partition));
            } else {
                consumer.seek(partition, next);
            }
        }
    }

    /** Where it is in each partition. */
    static Map<TopicPartition, Long> positions(Consumer<?, ?> consumer) {
        var positions = new HashMap<TopicPartition, Long>();
        consumer.assignment().forEach(partition -> positions.put(partition, consumer.position(partition)));
        return positions;
    }
}
