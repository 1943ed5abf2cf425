package ipn.operations.topic;

import ipn.operations.OperationFailedException;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads single records by position. Those that are near to each other are read together; of each partition one such group at a time, of
 * all partitions at once.
 */
public final class PositionReader {
    /** Reading on is faster than another request. */
    private static final long GAP_MAX = 200;

    private final TopicReader reader;
    private final Set<Position> wanted;

    private PositionReader(TopicReader reader, Collection<Position> wanted) {
        this.reader = reader;
        this.wanted = new HashSet<>(wanted);
    }

    /** First offset and offset after the last. */
    private record Group(long from, long to) {}

    /**
     * Passes on the records at some positions, in the order of each partition.
     *
     * @return positions in the range of the topic at which there is no record: a newer one of the same key took its place
     */
    public static Set<Position> read(
            TopicReader reader,
            Collection<Position> positions,
            String step,
            Progress progress,
            Consumer<ConsumerRecord<byte[], byte[]>> each) {
        return new PositionReader(reader, positions).read(step, progress, each);
    }

    private Set<Position> read(String step, Progress progress, Consumer<ConsumerRecord<byte[], byte[]>> each) {
        var groups = groups();
        var total = wanted.size();
        while (!groups.isEmpty()) {
            var from = new HashMap<TopicPartition, Long>();
            var to = new HashMap<TopicPartition, Long>();
            groups.forEach((partition, left) -> {
                var group = left.removeFirst();
                from.put(partition, group.from());
                to.put(partition, group.to());
            });
            groups.values().removeIf(Deque::isEmpty);
            reader.read(new OffsetRanges(from, to), step, Progress.SILENT, record -> {
                if (wanted.remove(Position.of(record))) {
                    each.accept(record);
                }
            });
            progress.at(step, total - wanted.size(), total);
        }
        return Set.copyOf(wanted);
    }

    /** Groups that still exist, by partition, in order. Positions that do not exist are no longer wanted. */
    private Map<TopicPartition, Deque<Group>> groups() {
        var existing = wanted.stream()
                .map(Position::topic)
                .distinct()
                .flatMap(topic -> partitions(topic).stream())
                .collect(Collectors.toSet());
        wanted.removeIf(position -> !existing.contains(partition(position)));
        var byPartition = wanted.stream().collect(Collectors.groupingBy(PositionReader::partition));
        var kept = byPartition.isEmpty() ? new OffsetRanges(Map.of(), Map.of()) : reader.all(byPartition.keySet());
        wanted.removeIf(position -> position.offset() < kept.begin(partition(position))
                || position.offset() >= kept.end(partition(position)));
        var groups = new HashMap<TopicPartition, Deque<Group>>();
        byPartition.forEach((partition, positions) -> {
            var offsets = positions.stream()
                    .filter(wanted::contains)
                    .map(Position::offset)
                    .collect(Collectors.toCollection(TreeSet::new));
            if (!offsets.isEmpty()) {
                groups.put(partition, groups(offsets));
            }
        });
        return groups;
    }

    private static Deque<Group> groups(TreeSet<Long> offsets) {
        var groups = new ArrayDeque<Group>();
        for (var offset : offsets) {
            var last = groups.peekLast();
            if (last != null && offset - last.to() <= GAP_MAX) {
                groups.removeLast();
                groups.addLast(new Group(last.from(), offset + 1));
            } else {
                groups.addLast(new Group(offset, offset + 1));
            }
        }
        return groups;
    }

    /** The topic that a record names may not exist in this deployment. */
    private Collection<TopicPartition> partitions(String topic) {
        try {
            return reader.partitions(topic);
        } catch (OperationFailedException e) {
            return List.of();
        }
    }

    private static TopicPartition partition(Position position) {
        return new TopicPartition(position.topic(), position.partition());
    }
}
