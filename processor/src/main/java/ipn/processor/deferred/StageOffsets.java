package ipn.processor.deferred;

import ipn.topics.KafkaSettings;
import ipn.topics.TopicCatalogue;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/** Reads from Kafka how far the stages are; no record. */
final class StageOffsets implements AutoCloseable {
    private final Admin admin;
    private final Map<String, ListConsumerGroupOffsetsSpec> groups;
    private final List<String> topics;
    private Map<TopicPartition, OffsetSpec> partitions = Map.of();

    StageOffsets(KafkaSettings kafka, DeferredRecords.Groups groups) {
        this.groups = List.of(groups.processor(), groups.projector()).stream()
                .collect(Collectors.toMap(Function.identity(), group -> new ListConsumerGroupOffsetsSpec()));
        topics =
                List.of(TopicCatalogue.RAW, TopicCatalogue.OUTCOMES, TopicCatalogue.ALLOCATIONS, TopicCatalogue.CLAIMS)
                        .stream()
                        .map(kafka.topics()::name)
                        .toList();
        admin = Admin.create(kafka.client());
    }

    /** The topics between the stages, in the order in which a record passes them. */
    List<String> topics() {
        return topics;
    }

    Passage.Offsets read() throws ExecutionException, InterruptedException {
        var committed = new HashMap<TopicPartition, Long>();
        for (var offsets : admin.listConsumerGroupOffsets(groups).all().get().values()) {
            offsets.forEach((partition, offset) -> {
                if (offset != null) {
                    committed.put(partition, offset.offset());
                }
            });
        }
        var ends = new HashMap<TopicPartition, Long>();
        admin.listOffsets(partitions()).all().get().forEach((partition, end) -> ends.put(partition, end.offset()));
        return new Passage.Offsets(committed, ends);
    }

    private Map<TopicPartition, OffsetSpec> partitions() throws ExecutionException, InterruptedException {
        if (partitions.isEmpty()) {
            var found = new HashMap<TopicPartition, OffsetSpec>();
            admin.describeTopics(topics)
                    .allTopicNames()
                    .get()
                    .forEach((topic, description) -> description
                            .partitions()
                            .forEach(each ->
                                    found.put(new TopicPartition(topic, each.partition()), OffsetSpec.latest())));
            partitions = found;
        }
        return partitions;
    }

    @Override
    public void close() {
        admin.close();
    }
}
