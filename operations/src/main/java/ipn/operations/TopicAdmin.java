package ipn.operations;

import ipn.topics.KafkaSettings;
import ipn.topics.TopicCatalogue;
import ipn.topics.TopicSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.AlterConfigOp.OpType;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.jspecify.annotations.Nullable;

/** Makes the cluster's topics what the catalogue says, or says where they are not. Never deletes, never repartitions. */
public final class TopicAdmin implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Admin admin;
    private final TopicCatalogue catalogue;

    private TopicAdmin(KafkaSettings kafka) {
        this.admin = Admin.create(kafka.client());
        this.catalogue = kafka.topics();
    }

    /**
     * Creates topics that are missing and sets settings that differ. Partitions and replication of a topic that exists are
     * reported and left: a key must keep its partition.
     *
     * @throws OperationFailedException if the cluster does not do it
     */
    public static List<TopicDifference> apply(KafkaSettings kafka) {
        try (var topics = new TopicAdmin(kafka)) {
            return topics.differences().stream().map(topics::mended).toList();
        }
    }

    /** Everything that is not as it should be. */
    public static List<TopicDifference> check(KafkaSettings kafka) {
        try (var topics = new TopicAdmin(kafka)) {
            return topics.differences();
        }
    }

    private List<TopicDifference> differences() {
        var names = catalogue.specs().stream().map(this::name).toList();
        var present = await(admin.listTopics().names());
        var described = await(
                admin.describeTopics(names.stream().filter(present::contains).toList())
                        .allTopicNames());
        var configs = await(admin.describeConfigs(
                        described.keySet().stream().map(TopicAdmin::resource).toList())
                .all());
        var all = new ArrayList<TopicDifference>();
        for (var spec : catalogue.specs()) {
            all.addAll(differences(catalogue, spec, described.get(name(spec)), configs.get(resource(name(spec)))));
        }
        return all;
    }

    /** One topic, compared. */
    static List<TopicDifference> differences(
            TopicCatalogue catalogue, TopicSpec spec, @Nullable TopicDescription actual, @Nullable Config config) {
        var name = catalogue.name(spec.name());
        if (actual == null || config == null) {
            return List.of(
                    new TopicDifference(name, "topic", "missing", catalogue.partitions() + " partitions", false));
        }
        var wanted = new TreeMap<>(spec.configs());
        var all = new ArrayList<TopicDifference>();
        compare(name, "partitions", actual.partitions().size(), catalogue.partitions(), all);
        compare(name, "replication", actual.partitions().get(0).replicas().size(), catalogue.replication(), all);
        wanted.forEach((key, value) -> compare(
                name, key, config.get(key) == null ? "unset" : config.get(key).value(), value, all));
        return all;
    }

    private static void compare(
            String topic, String what, Object actual, Object expected, Collection<TopicDifference> into) {
        var is = String.valueOf(actual);
        var should = String.valueOf(expected);
        if (!is.equals(should)) {
            into.add(new TopicDifference(topic, what, is, should, false));
        }
    }

    private TopicDifference mended(TopicDifference difference) {
        if (difference.what().equals("topic")) {
            var spec = catalogue.specs().stream()
                    .filter(each -> name(each).equals(difference.topic()))
                    .findFirst()
                    .orElseThrow();
            await(admin.createTopics(
                            List.of(new NewTopic(difference.topic(), catalogue.partitions(), catalogue.replication())
                                    .configs(spec.configs())))
                    .all());
        } else if (difference.what().equals("partitions") || difference.what().equals("replication")) {
            return difference;
        } else {
            var set = new AlterConfigOp(new ConfigEntry(difference.what(), difference.expected()), OpType.SET);
            await(admin.incrementalAlterConfigs(Map.of(resource(difference.topic()), List.of(set)))
                    .all());
        }
        return new TopicDifference(
                difference.topic(), difference.what(), difference.actual(), difference.expected(), true);
    }

    private String name(TopicSpec spec) {
        return catalogue.name(spec.name());
    }

    private static ConfigResource resource(String topic) {
        return new ConfigResource(ConfigResource.Type.TOPIC, topic);
    }

    private static <T> T await(KafkaFuture<T> future) {
        try {
            return future.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new OperationFailedException(
                    "kafka: " + e.getCause() + " (expected: a cluster that answers and allows it)", e);
        } catch (TimeoutException e) {
            throw new OperationFailedException(
                    "kafka: no answer in %s (expected: a cluster that answers)".formatted(PATIENCE), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OperationFailedException("interrupted", e);
        }
    }

    @Override
    public void close() {
        admin.close();
    }
}
