package ipn.operations.conservation;

import ipn.operations.topic.OffsetRanges;
import ipn.operations.topic.TopicReader;
import ipn.topics.KafkaSettings;
import ipn.topics.TopicCatalogue;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;

/**
 * One moment of a pipeline that goes on working.
 *
 * <p>Taken from its end to its beginning: first how far the stages came, then the ends of dead letters, outcomes and
 * raw records. So whatever is seen of a later topic has its cause within the seen part of the earlier one.
 *
 * @param processed committed offsets of the processor on the raw topic
 * @param projected committed offsets of the projector on the outcomes
 */
record OffsetSnapshot(
        Map<TopicPartition, Long> processed,
        Map<TopicPartition, Long> projected,
        OffsetRanges letters,
        OffsetRanges outcomes,
        OffsetRanges raw) {

    static OffsetSnapshot take(KafkaSettings kafka, TopicReader reader, ConservationCheck.Stages stages) {
        try (var admin = Admin.create(kafka.client())) {
            var processed = committed(admin, stages.processor());
            var projected = committed(admin, stages.projector());
            var letters = untilNewest(admin, reader.all(name(kafka, TopicCatalogue.DLQ)));
            var outcomes = untilNewest(admin, reader.all(name(kafka, TopicCatalogue.OUTCOMES)));
            var raw = reader.all(name(kafka, TopicCatalogue.RAW));
            return new OffsetSnapshot(processed, projected, letters, outcomes, raw);
        }
    }

    /** The processor has decided everything below. */
    long processed(TopicPartition partition) {
        return processed.getOrDefault(partition, 0L);
    }

    /** Whether the projector has passed this outcome. */
    boolean isProjected(ConsumerRecord<?, ?> outcome) {
        var partition = new TopicPartition(outcome.topic(), outcome.partition());
        return outcome.offset() < projected.getOrDefault(partition, 0L);
    }

    /** First offsets that retention has left, by partition. */
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

    /** To be asked after reading: retention goes on meanwhile. */
    Begins begins(TopicReader reader) {
        return new Begins(begins(reader, raw), begins(reader, outcomes), begins(reader, letters));
    }

    private static Map<Integer, Long> begins(TopicReader reader, OffsetRanges span) {
        return reader.all(span.partitions()).from().entrySet().stream()
                .collect(Collectors.toMap(entry -> entry.getKey().partition(), Map.Entry::getValue));
    }

    /**
     * To the newest record instead of the newest committed one. What a committed offset covers is committed, yet it
     * becomes readable only with its marker, a moment later: reading waits for it.
     */
    private static OffsetRanges untilNewest(Admin admin, OffsetRanges committed) {
        var latest = committed.partitions().stream()
                .collect(Collectors.toMap(Function.identity(), partition -> OffsetSpec.latest()));
        var ends = new HashMap<TopicPartition, Long>();
        await(admin.listOffsets(latest).all()).forEach((partition, end) -> ends.put(partition, end.offset()));
        return new OffsetRanges(committed.from(), ends);
    }

    private static Map<TopicPartition, Long> committed(Admin admin, String group) {
        var committed = new HashMap<TopicPartition, Long>();
        await(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata())
                .forEach((partition, offset) -> {
                    if (offset != null) {
                        committed.put(partition, offset.offset());
                    }
                });
        return Map.copyOf(committed);
    }

    private static String name(KafkaSettings kafka, String topic) {
        return kafka.topics().name(topic);
    }

    private static <T> T await(KafkaFuture<T> future) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof KafkaException kafka ? kafka : new KafkaException(e.getCause());
        }
    }
}
