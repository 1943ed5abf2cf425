package ipn.bench.projector;

import ipn.topics.KafkaSettings;
import ipn.topics.TopicCatalogue;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/** Waits until the projector emits nothing more. */
public final class ProjectorIdle {
    private static final List<String> TOPICS =
            List.of(TopicCatalogue.ALLOCATIONS, TopicCatalogue.CLAIMS, TopicCatalogue.ENTITLEMENTS);
    private static final long IDLE_SECONDS = 5;

    private ProjectorIdle() {}

    /**
     * Returns when no new record was written for five seconds.
     *
     * @param deadline by {@link System#nanoTime()}: at this time it returns in any case
     */
    public static void await(KafkaSettings kafka, long deadline) throws InterruptedException, ExecutionException {
        try (var admin = Admin.create(kafka.client())) {
            var last = endOffsets(admin, kafka);
            var changedAt = System.nanoTime();
            while (System.nanoTime() - changedAt < TimeUnit.SECONDS.toNanos(IDLE_SECONDS)
                    && System.nanoTime() < deadline) {
                TimeUnit.MILLISECONDS.sleep(500);
                var now = endOffsets(admin, kafka);
                if (now != last) {
                    last = now;
                    changedAt = System.nanoTime();
                }
            }
        }
    }

    private static long endOffsets(Admin admin, KafkaSettings kafka) throws InterruptedException, ExecutionException {
        var topics = TOPICS.stream().map(kafka.topics()::name).toList();
        var latest = new HashMap<TopicPartition, OffsetSpec>();
        admin.describeTopics(topics)
                .allTopicNames()
                .get()
                .forEach((topic, described) -> described
                        .partitions()
                        .forEach(partition ->
                                latest.put(new TopicPartition(topic, partition.partition()), OffsetSpec.latest())));
        return admin.listOffsets(latest).all().get().values().stream()
                .mapToLong(offset -> offset.offset())
                .sum();
    }
}
