package ipn.runtime.streams;

import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.ThreadMetadata;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyDescription;
import org.apache.kafka.streams.processor.StateRestoreListener;

/** One client of Kafka Streams. A stage that makes no progress replaces it. Thread-safe. */
final class StreamsClient {
    private static final Duration ABANDON_TIMEOUT = Duration.ofSeconds(5);
    private static final String RUNNING = "RUNNING";
    private static final Set<String> ENDING = Set.of("PENDING_SHUTDOWN", "DEAD");

    private final PacedClients clients = new PacedClients();
    private final AtomicLong restored = new AtomicLong();
    private final KafkaStreams streams;

    StreamsClient(Topology topology, Properties properties) {
        streams = new KafkaStreams(topology, properties, clients);
        streams.setGlobalStateRestoreListener(new Restored());
    }

    /** The topics that a topology reads. */
    static Set<String> sources(Topology topology) {
        return topology.describe().subtopologies().stream()
                .flatMap(part -> part.nodes().stream())
                .flatMap(node ->
                        node instanceof TopologyDescription.Source source ? source.topicSet().stream() : Stream.empty())
                .collect(Collectors.toUnmodifiableSet());
    }

    KafkaStreams streams() {
        return streams;
    }

    /**
     * What it does now. The state of Kafka Streams alone does not tell: it remains {@code RUNNING} while the thread that replaces a failed one
     * waits for its partitions.
     */
    Condition condition() {
        var state = streams.state();
        if (state == KafkaStreams.State.CREATED) {
            return Condition.STARTING;
        }
        try {
            return state.isRunningOrRebalancing() ? ofThreads(state) : Condition.ENDED;
        } catch (IllegalStateException e) {
            return Condition.ENDED; // since a moment ago
        }
    }

    private Condition ofThreads(KafkaStreams.State state) {
        var states = streams.metadataForLocalThreads().stream()
                .map(ThreadMetadata::threadState)
                .filter(each -> !ENDING.contains(each))
                .collect(Collectors.toSet());
        if (streams.isPaused()) {
            return Condition.PAUSED;
        }
        if (states.contains("PARTITIONS_ASSIGNED")) {
            return Condition.RESTORING;
        }
        return state == KafkaStreams.State.RUNNING && states.equals(Set.of(RUNNING))
                ? Condition.RUNNING
                : Condition.STARTING;
    }

    /** Grows while it opens stores, or another client of this JVM does, and while it restores them. */
    long prepared() {
        return BoundedRocksDb.opened() + restored.get();
    }

    /** The progress of its threads. */
    List<ThreadProgress> progress() {
        return clients.progress();
    }

    /** The partitions that its threads read. */
    Set<TopicPartition> partitions() {
        return progress().stream().flatMap(each -> each.partitions().stream()).collect(Collectors.toSet());
    }

    /**
     * Ends it for good. What its threads wait for is abandoned if they do not end by the timeout.
     *
     * @param leave leaves the group, so that other members get the partitions at once
     * @return false if it has not ended even so
     */
    boolean end(Duration timeout, boolean leave) {
        var membership = leave ? GroupMembershipOperation.LEAVE_GROUP : GroupMembershipOperation.REMAIN_IN_GROUP;
        if (streams.close(CloseOptions.timeout(timeout).withGroupMembershipOperation(membership))) {
            return true;
        }
        clients.abandon();
        return streams.close(ABANDON_TIMEOUT);
    }

    private final class Restored implements StateRestoreListener {
        @Override
        public void onRestoreStart(TopicPartition partition, String store, long from, long to) {
            restored.incrementAndGet();
        }

        @Override
        public void onBatchRestored(TopicPartition partition, String store, long offset, long records) {
            restored.addAndGet(records);
        }

        @Override
        public void onRestoreEnd(TopicPartition partition, String store, long records) {
            restored.incrementAndGet();
        }
    }
}
