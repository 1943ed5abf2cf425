package ipn.app.rebuild;

import ipn.operations.KafkaFutures;
import ipn.runtime.lag.LagReader;
import ipn.topics.TopicCatalogue;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/** Whether the stages of a rebuild have processed and committed everything that is in their topics. */
final class Settled implements AutoCloseable {
    private static final Set<String> OF_PROJECTOR = Set.of(
            TopicCatalogue.OUTCOMES,
            TopicCatalogue.ORDERS,
            TopicCatalogue.DECISIONS,
            TopicCatalogue.BRAKE,
            TopicCatalogue.ALLOCATIONS,
            TopicCatalogue.CLAIMS);

    private final Admin admin;
    private final Set<TopicPartition> partitions;
    private final LagReader processor;
    private final LagReader projector;

    private Settled(Admin admin, Set<TopicPartition> partitions, LagReader processor, LagReader projector) {
        this.admin = admin;
        this.partitions = partitions;
        this.processor = processor;
        this.projector = projector;
    }

    /** Both stages must have started: the changelogs are looked at, too. */
    static Settled open(RebuildTopics topics) {
        var kafka = topics.kafka();
        var admin = Admin.create(kafka.client());
        var described =
                KafkaFutures.get(admin.describeTopics(topics.existing(admin)).allTopicNames());
        var partitions = described.values().stream()
                .flatMap(topic -> topic.partitions().stream()
                        .map(partition -> new TopicPartition(topic.name(), partition.partition())))
                .collect(Collectors.toUnmodifiableSet());
        var clock = Clock.systemUTC();
        var raw = Set.of(kafka.topics().name(TopicCatalogue.RAW));
        var others = OF_PROJECTOR.stream().map(kafka.topics()::name).collect(Collectors.toUnmodifiableSet());
        return new Settled(
                admin,
                partitions,
                new LagReader(kafka, topics.processorId(), raw, clock),
                new LagReader(kafka, topics.projectorId(), others, clock));
    }

    /** No record waits, no transaction is open, and nothing was written while that was looked at. The cheapest question is first: it is asked often. */
    boolean now() {
        if (waiting(processor) > 0 || waiting(projector) > 0) {
            return false;
        }
        var ends = ends(IsolationLevel.READ_UNCOMMITTED);
        return ends.equals(ends(IsolationLevel.READ_COMMITTED))
                && waiting(processor) == 0
                && waiting(projector) == 0
                && ends.equals(ends(IsolationLevel.READ_UNCOMMITTED));
    }

    private static long waiting(LagReader lag) {
        return lag.read().records().values().stream().mapToLong(Long::longValue).sum();
    }

    private Map<TopicPartition, Long> ends(IsolationLevel isolation) {
        var latest = partitions.stream().collect(Collectors.toMap(each -> each, each -> OffsetSpec.latest()));
        var ends = new HashMap<TopicPartition, Long>();
        KafkaFutures.get(admin.listOffsets(latest, new ListOffsetsOptions(isolation))
                        .all())
                .forEach((partition, end) -> ends.put(partition, end.offset()));
        return ends;
    }

    @Override
    public void close() {
        processor.close();
        projector.close();
        admin.close();
    }
}
