package ipn.bench.measure;

import ipn.topics.KafkaSettings;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.TopicPartition;

/**
 * Waits until stages have nothing more to process: each consumer group has committed the end offset of every partition that it reads, and no
 * topic that is watched has changed for some time. A stage that is slow, or that another process keeps from the processor, has not committed its
 * input, so it is not taken for idle.
 */
public final class StagesIdle implements AutoCloseable {
    private static final Duration STALLED = Duration.ofMinutes(2);

    private final Admin admin;
    private final List<String> groups;
    private final List<String> watched;
    private final Pace pace;
    private Offsets last;

    /**
     * How often to ask.
     *
     * @param interval between two requests
     * @param quiet how long nothing may have changed
     */
    public record Pace(Duration interval, Duration quiet) {}

    private StagesIdle(Admin admin, Collection<String> groups, Collection<String> watched, Pace pace)
            throws InterruptedException, ExecutionException {
        this.admin = admin;
        this.groups = List.copyOf(groups);
        this.watched = List.copyOf(watched);
        this.pace = pace;
        this.last = offsets();
    }

    /**
     * Reads the offsets as they are before the load, so that the first request of {@link #await} finds what has changed since then.
     *
     * @param groups the consumer groups of the stages
     * @param watched names of topics that the stages write to, and that they may not read
     */
    public static StagesIdle open(KafkaSettings kafka, Collection<String> groups, Collection<String> watched, Pace pace)
            throws InterruptedException, ExecutionException {
        return new StagesIdle(Admin.create(kafka.client()), groups, watched, pace);
    }

    /** The end offsets that matter, and whether the groups have committed those of their inputs. */
    private record Offsets(Map<TopicPartition, Long> ends, Map<TopicPartition, Long> committed, boolean reached) {
        boolean differs(Offsets other) {
            return !ends.equals(other.ends) || !committed.equals(other.committed);
        }

        Set<String> changedSince(Offsets before) {
            return ends.entrySet().stream()
                    .filter(each -> !each.getValue().equals(before.ends.get(each.getKey())))
                    .map(each -> each.getKey().topic())
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    /**
     * Returns true when the stages are idle; false if they are not, and nothing has changed for two minutes.
     *
     * @param onChange receives the topics in which a request has found new records, after each such request
     */
    public boolean await(Consumer<Set<String>> onChange) throws InterruptedException, ExecutionException {
        var changedAt = System.nanoTime();
        while (true) {
            var now = offsets();
            var changed = now.changedSince(last);
            if (!changed.isEmpty()) {
                onChange.accept(changed);
            }
            if (now.differs(last)) {
                changedAt = System.nanoTime();
            }
            last = now;
            var unchanged = System.nanoTime() - changedAt;
            if (last.reached() && unchanged >= pace.quiet().toNanos()) {
                return true;
            }
            if (unchanged >= STALLED.toNanos()) {
                return false;
            }
            TimeUnit.MILLISECONDS.sleep(pace.interval().toMillis());
        }
    }

    @Override
    public void close() {
        admin.close();
    }

    /** The committed offsets are read first: if they are the ends that are read afterwards, the groups had processed everything. */
    private Offsets offsets() throws InterruptedException, ExecutionException {
        var committed = new HashMap<TopicPartition, Long>();
        var assigned = true;
        for (var group : groups) {
            assigned &= addInputs(group, committed);
        }
        var latest = committed.keySet().stream()
                .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest()));
        partitions().forEach(partition -> latest.putIfAbsent(partition, OffsetSpec.latest()));
        var ends = new HashMap<TopicPartition, Long>();
        admin.listOffsets(latest).all().get().forEach((partition, end) -> ends.put(partition, end.offset()));
        var reached =
                committed.entrySet().stream().allMatch(each -> each.getValue() >= ends.getOrDefault(each.getKey(), 0L));
        return new Offsets(ends, committed, assigned && reached);
    }

    /** Adds the committed offset of each partition that a group reads; false if its partitions are not all assigned. */
    private boolean addInputs(String group, Map<TopicPartition, Long> committed)
            throws InterruptedException, ExecutionException {
        var described = admin.describeConsumerGroups(List.of(group)).all().get().get(group);
        if (described == null) {
            return false;
        }
        described
                .members()
                .forEach(member -> member.assignment()
                        .topicPartitions()
                        .forEach(partition -> committed.putIfAbsent(partition, 0L)));
        admin.listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata()
                .get()
                .forEach((partition, offset) -> committed.put(partition, offset == null ? 0L : offset.offset()));
        return described.groupState() == GroupState.STABLE && !committed.isEmpty();
    }

    private List<TopicPartition> partitions() throws InterruptedException, ExecutionException {
        return admin.describeTopics(watched).allTopicNames().get().values().stream()
                .flatMap(topic -> topic.partitions().stream()
                        .map(partition -> new TopicPartition(topic.name(), partition.partition())))
                .toList();
    }
}
