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

/** The projector has said all that it had to say. */
public final class ProjectorIdle {
    private static final List<String> SAID =
            List.of(TopicCatalogue.ALLOCATIONS, TopicCatalogue.CLAIMS, TopicCatalogue.ENTITLEMENTS);
    private static final long SILENCE_SECONDS = 5;

    private ProjectorIdle() {}

    /**
     * Returns once nothing new was written for some seconds.
     *
     * @param deadline by {@link System#nanoTime()}: then it returns anyway, and what is missing is a difference
     */
    public static void await(KafkaSettings kafka, long deadline) throws InterruptedException, ExecutionException {
        try (var admin = Admin.create(kafka.client())) {
            var written = written(admin, kafka);
            var since = System.nanoTime();
            while (System.nanoTime() - since < TimeUnit.SECONDS.toNanos(SILENCE_SECONDS)
                    && System.nanoTime() < deadline) {
                TimeUnit.MILLISECONDS.sleep(500);
                var now = written(admin, kafka);
                if (now != written) {
                    written = now;
                    since = System.nanoTime();
                }
            }
        }
    }

    private static long written(Admin admin, KafkaSettings kafka) throws InterruptedException, ExecutionException {
        var topics = SAID.stream().map(kafka.topics()::name).toList();
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
