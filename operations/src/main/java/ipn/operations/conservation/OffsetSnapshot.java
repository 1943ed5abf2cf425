package ipn.operations.conservation;

import ipn.operations.topic.GroupOffsets;
import ipn.operations.topic.OffsetRanges;
import ipn.operations.topic.TopicReader;
import ipn.topics.KafkaSettings;
import ipn.topics.TopicCatalogue;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * A consistent view of a working pipeline.
 *
 * <p>Offsets are taken from the end of the pipeline to its beginning: first the committed offsets of the stages, then the ends of dead
 * letters, outcomes and raw records. Every record within these ranges therefore has its cause within the range of the earlier topic. What waits to become a
 * raw record is counted before: if it has become one meanwhile, it is counted twice, and never left out.
 *
 * @param processed committed offsets of the processor on the raw topic
 * @param projected committed offsets of the projector on the outcomes
 * @param deferred records that wait to become raw records
 */
record OffsetSnapshot(
        Map<TopicPartition, Long> processed,
        Map<TopicPartition, Long> projected,
        OffsetRanges letters,
        OffsetRanges outcomes,
        OffsetRanges raw,
        long deferred) {

    static OffsetSnapshot take(KafkaSettings kafka, TopicReader reader, ConservationCheck.Stages stages) {
        try (var admin = Admin.create(kafka.client())) {
            var moved = GroupOffsets.committed(admin, stages.deferred());
            var deferred = deferred(reader.all(name(kafka, TopicCatalogue.RAW_DEFERRED)), moved);
            var processed = GroupOffsets.committed(admin, stages.processor());
            var projected = GroupOffsets.committed(admin, stages.projector());
            var letters = GroupOffsets.untilNewest(admin, reader.all(name(kafka, TopicCatalogue.DLQ)));
            var outcomes = GroupOffsets.untilNewest(admin, reader.all(name(kafka, TopicCatalogue.OUTCOMES)));
            var raw = reader.all(name(kafka, TopicCatalogue.RAW));
            return new OffsetSnapshot(processed, projected, letters, outcomes, raw, deferred);
        }
    }

    /** Offsets of that topic have no gaps, because it is written without transactions. */
    private static long deferred(OffsetRanges all, Map<TopicPartition, Long> moved) {
        return all.partitions().stream()
                .mapToLong(partition ->
                        all.end(partition) - Math.max(all.begin(partition), moved.getOrDefault(partition, 0L)))
                .sum();
    }

    /** The committed offset: the processor has decided all records below it. */
    long processed(TopicPartition partition) {
        return processed.getOrDefault(partition, 0L);
    }

    /** Whether the projector has processed an outcome. */
    boolean isProjected(ConsumerRecord<?, ?> outcome) {
        var partition = new TopicPartition(outcome.topic(), outcome.partition());
        return outcome.offset() < projected.getOrDefault(partition, 0L);
    }

    /** The first offsets that retention has kept, by partition. */
    record Begins(Map<Integer, Long> rawBegins, Map<Integer, Long> outcomeBegins, Map<Integer, Long> letterBegins) {
        long raw(int partition) {
            return rawBegins.getOrDefault(partition, 0L);
        }

        long outcomes(int partition) {
            return outcomeBegins.getOrDefault(partition, 0L);
        }

        long letters(int partition) {
            return letterBegins.getOrDefault(partition, 0L);
        }
    }

    /** To be called after reading, because retention may delete records meanwhile. */
    Begins begins(TopicReader reader) {
        return new Begins(begins(reader, raw), begins(reader, outcomes), begins(reader, letters));
    }

    private static Map<Integer, Long> begins(TopicReader reader, OffsetRanges span) {
        return reader.all(span.partitions()).from().entrySet().stream()
                .collect(Collectors.toMap(entry -> entry.getKey().partition(), Map.Entry::getValue));
    }

    private static String name(KafkaSettings kafka, String topic) {
        return kafka.topics().name(topic);
    }
}
