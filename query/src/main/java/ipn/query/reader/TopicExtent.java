package ipn.query.reader;

import ipn.query.IndexedTopics;
import ipn.topics.KafkaSettings;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;

/**
 * How much there is to read.
 *
 * @param begins first offsets
 * @param ends offsets after the last committed records
 */
public record TopicExtent(Map<TopicPartition, Long> begins, Map<TopicPartition, Long> ends) {
    public TopicExtent {
        begins = Map.copyOf(begins);
        ends = Map.copyOf(ends);
    }

    /** Of all topics that the read model is built from, now. */
    public static TopicExtent read(KafkaSettings kafka, IndexedTopics indexed) {
        var inputs = Inputs.of(kafka, indexed);
        try (var consumer = ModelConsumer.open(kafka)) {
            var further = ModelConsumer.existing(consumer, inputs.optional());
            var all = ModelConsumer.partitions(
                    consumer,
                    Stream.concat(inputs.required().stream(), further.stream()).toList());
            return new TopicExtent(consumer.beginningOffsets(all), consumer.endOffsets(all));
        }
    }

    /** Offsets from the beginning to the end, transaction markers included. */
    public long total() {
        return passed(ends);
    }

    /** Offsets from the beginning to these. */
    public long passed(Map<TopicPartition, Long> positions) {
        return positions.entrySet().stream()
                .mapToLong(position -> Math.max(0, position.getValue() - begins.getOrDefault(position.getKey(), 0L)))
                .sum();
    }
}
