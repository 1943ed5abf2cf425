package ipn.operations.explain.evidence;

import ipn.operations.OperationFailedException;
import ipn.operations.topic.OffsetRanges;
import ipn.operations.topic.Position;
import ipn.operations.topic.Progress;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** Reads single raw records by position, one of each partition at a time. Bodies are not kept. */
final class RawRecordReader {
    private final Sources sources;
    private final Map<Position, RawRecordSummary> found = new HashMap<>();

    private RawRecordReader(Sources sources) {
        this.sources = sources;
    }

    /** The raw records at some positions, without those that do not exist. */
    static Map<Position, RawRecordSummary> fetch(Sources sources, Set<Position> positions) {
        var records = new RawRecordReader(sources);
        var queues = records.queues(positions);
        var total = positions.size();
        while (!queues.isEmpty()) {
            records.round(queues);
            sources.progress()
                    .at(
                            "reading raw records",
                            total
                                    - queues.values().stream()
                                            .mapToInt(Collection::size)
                                            .sum(),
                            total);
        }
        return records.found;
    }

    private void round(Map<TopicPartition, Deque<Long>> queues) {
        var heads = new HashMap<TopicPartition, Long>();
        queues.forEach((partition, offsets) -> heads.put(partition, offsets.removeFirst()));
        queues.values().removeIf(Deque::isEmpty);
        sources.reader().read(OffsetRanges.single(heads), "", Progress.SILENT, this::note);
    }

    private void note(ConsumerRecord<byte[], byte[]> record) {
        found.put(Position.of(record), RawRecordSummary.of(record));
    }

    /** The offsets that still exist, by partition, in order. */
    private Map<TopicPartition, Deque<Long>> queues(Set<Position> positions) {
        var there = there(positions);
        var queues = new HashMap<TopicPartition, Deque<Long>>();
        positions.stream()
                .sorted((a, b) -> Long.compare(a.offset(), b.offset()))
                .filter(position -> there.contains(partition(position)))
                .forEach(position -> queues.computeIfAbsent(partition(position), key -> new ArrayDeque<>())
                        .add(position.offset()));
        if (queues.isEmpty()) {
            return queues;
        }
        var kept = sources.reader().all(queues.keySet());
        queues.forEach((partition, offsets) ->
                offsets.removeIf(offset -> offset < kept.begin(partition) || offset >= kept.end(partition)));
        queues.values().removeIf(Deque::isEmpty);
        return queues;
    }

    private Set<TopicPartition> there(Set<Position> positions) {
        return positions.stream()
                .map(Position::topic)
                .distinct()
                .flatMap(topic -> partitions(topic).stream())
                .collect(Collectors.toSet());
    }

    /** The topic that a record names may not exist in this deployment. */
    private Collection<TopicPartition> partitions(String topic) {
        try {
            return sources.reader().partitions(topic);
        } catch (OperationFailedException e) {
            return Set.of();
        }
    }

    private static TopicPartition partition(Position position) {
        return new TopicPartition(position.topic(), position.partition());
    }
}
