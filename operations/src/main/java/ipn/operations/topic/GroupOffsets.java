package ipn.operations.topic;

import ipn.operations.KafkaFutures;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/** The offsets that stages have committed, and the newest offsets of topics that stages write to. */
public final class GroupOffsets {
    private GroupOffsets() {}

    /** The committed offsets of a consumer group: it has processed all records below them. */
    public static Map<TopicPartition, Long> committed(Admin admin, String group) {
        var committed = new HashMap<TopicPartition, Long>();
        KafkaFutures.get(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata())
                .forEach((partition, offset) -> {
                    if (offset != null) {
                        committed.put(partition, offset.offset());
                    }
                });
        return Map.copyOf(committed);
    }

    /**
     * Extends the ranges to the newest record. What a stage wrote in the transaction of a committed offset is committed, but readable only
     * when its transaction marker is written, a moment later; reading waits for it.
     */
    public static OffsetRanges untilNewest(Admin admin, OffsetRanges committed) {
        var latest = committed.partitions().stream()
                .collect(Collectors.toMap(Function.identity(), partition -> OffsetSpec.latest()));
        var ends = new HashMap<TopicPartition, Long>();
        KafkaFutures.get(admin.listOffsets(latest).all())
                .forEach((partition, end) -> ends.put(partition, end.offset()));
        return new OffsetRanges(committed.from(), ends);
    }
}
