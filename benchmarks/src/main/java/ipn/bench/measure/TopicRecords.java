package ipn.bench.measure;

import ipn.topics.KafkaSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads topics with isolation level read_committed, as the consumers of users do. */
public final class TopicRecords {
    private TopicRecords() {}

    /** Reads a topic from its beginning to the end that it has now. */
    public static void readAll(KafkaSettings kafka, String topic, Consumer<ConsumerRecord<byte[], byte[]>> each) {
        readFrom(kafka, topic, Map.of(), each);
    }

    /**
     * Reads a topic to the end that it has now.
     *
     * @param begins the offset to start at; a partition that it does not contain is read from its beginning
     */
    public static void readFrom(
            KafkaSettings kafka,
            String topic,
            Map<TopicPartition, Long> begins,
            Consumer<ConsumerRecord<byte[], byte[]>> each) {
        try (var consumer = consumer(kafka)) {
            var partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            partitions.stream()
                    .filter(begins::containsKey)
                    .forEach(partition -> consumer.seek(partition, Objects.requireNonNull(begins.get(partition))));
            var ends = consumer.endOffsets(partitions);
            while (partitions.stream()
                    .anyMatch(partition -> consumer.position(partition) < ends.getOrDefault(partition, 0L))) {
                consumer.poll(Duration.ofMillis(200)).forEach(each);
            }
        }
    }

    /** The offsets after the last committed record of each partition of some topics. */
    public static Map<TopicPartition, Long> ends(KafkaSettings kafka, List<String> topics) {
        try (var consumer = consumer(kafka)) {
            var partitions = topics.stream()
                    .flatMap(topic -> consumer.partitionsFor(topic).stream())
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            return consumer.endOffsets(partitions);
        }
    }

    /** A consumer that reads committed records and commits no offsets. */
    public static KafkaConsumer<byte[], byte[]> consumer(KafkaSettings kafka) {
        Properties properties = kafka.client();
        properties.put("isolation.level", "read_committed");
        properties.put("enable.auto.commit", "false");
        properties.put("max.poll.records", "5000");
        return new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }
}
