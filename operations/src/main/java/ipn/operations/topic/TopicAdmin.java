package ipn.operations.topic;

import ipn.operations.KafkaFutures;
import ipn.polling.Polling;
import ipn.topics.KafkaSettings;
import ipn.topics.TopicCatalogue;
import ipn.topics.TopicSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Compares the topics of a cluster with the catalogue, and corrects differences that can be corrected without moving records. */
public final class TopicAdmin {
    private static final Polling VISIBLE = Polling.upTo(Duration.ofSeconds(10)).every(Duration.ofMillis(50));

    private TopicAdmin() {}

    /** Kinds of differences. */
    public enum Kind {
        MISSING,
        PARTITIONS,
        REPLICATION,
        CONFIG
    }

    /**
     * One difference between a topic and the catalogue.
     *
     * @param topic full name of the topic
     * @param setting name of the topic setting for CONFIG, otherwise the kind in lower case
     * @param actual value in the cluster; empty for a missing topic
     */
    public record Difference(String topic, Kind kind, String setting, String actual, String expected) {
        /** Whether {@link #apply} corrects it. It changes neither partitions nor replicas: keys would change partitions, or data move. */
        public boolean correctable() {
            return kind == Kind.MISSING || kind == Kind.CONFIG;
        }
    }

    /**
     * What applying the catalogue did.
     *
     * @param corrected topics that were created and settings that were changed
     * @param remaining differences that a person has to decide on
     */
    public record Applied(List<Difference> corrected, List<Difference> remaining) {
        public Applied {
            corrected = List.copyOf(corrected);
            remaining = List.copyOf(remaining);
        }
    }

    /** A topic in the cluster. */
    private record Observed(int partitions, int replication, Map<String, String> configs) {}

    /** The differences, in the order of the catalogue. */
    public static List<Difference> check(KafkaSettings kafka) {
        try (var admin = Admin.create(kafka.client())) {
            return check(admin, kafka.topics());
        }
    }

    /** As {@link #check(KafkaSettings)}, with an existing client. */
    public static List<Difference> check(Admin admin, TopicCatalogue catalogue) {
        return differences(catalogue, observe(admin, catalogue));
    }

    /** Creates missing topics and changes settings that differ; never partitions, replicas or records. */
    public static Applied apply(KafkaSettings kafka) {
        try (var admin = Admin.create(kafka.client())) {
            return apply(admin, kafka.topics());
        }
    }

    /** As {@link #apply(KafkaSettings)}, with an existing client. */
    public static Applied apply(Admin admin, TopicCatalogue catalogue) {
        var found = check(admin, catalogue).stream().collect(Collectors.partitioningBy(Difference::correctable));
        var corrected = found.getOrDefault(true, List.of());
        create(admin, catalogue, topics(corrected, Kind.MISSING));
        alter(admin, corrected);
        awaitVisible(admin, catalogue);
        return new Applied(corrected, found.getOrDefault(false, List.of()));
    }

    private static List<Difference> differences(TopicCatalogue catalogue, Map<String, Observed> cluster) {
        var differences = new ArrayList<Difference>();
        for (var spec : catalogue.specs()) {
            var name = catalogue.name(spec.name());
            var observed = cluster.get(name);
            if (observed == null) {
                differences.add(new Difference(name, Kind.MISSING, "missing", "", summary(catalogue, spec)));
                continue;
            }
            number(name, Kind.PARTITIONS, observed.partitions(), catalogue.partitions())
                    .ifPresent(differences::add);
            number(name, Kind.REPLICATION, observed.replication(), catalogue.replication())
                    .ifPresent(differences::add);
            var expectedConfigs = catalogue.configs(spec);
            if (observed.replication() != catalogue.replication()) {
                // with fewer replicas than it requires, a topic accepts no writes: the replicas come first
                expectedConfigs.remove("min.insync.replicas");
            }
            expectedConfigs.forEach((setting, expected) -> {
                var actual = observed.configs().getOrDefault(setting, "");
                if (!actual.equals(expected)) {
                    differences.add(new Difference(name, Kind.CONFIG, setting, actual, expected));
                }
            });
        }
        return differences;
    }

    private static Optional<Difference> number(String topic, Kind kind, int actual, int expected) {
        var setting = kind == Kind.PARTITIONS ? "partitions" : "replication";
        return actual == expected
                ? Optional.empty()
                : Optional.of(
                        new Difference(topic, kind, setting, Integer.toString(actual), Integer.toString(expected)));
    }

    private static String summary(TopicCatalogue catalogue, TopicSpec spec) {
        var kept = spec.retention()
                .map(age -> age.equals(TopicSpec.FOREVER) ? "kept for ever" : age.toDays() + " days")
                .orElse("compacted");
        return "%s partitions, replication %s, %s"
                .formatted(Integer.toString(catalogue.partitions()), Integer.toString(catalogue.replication()), kept);
    }

    private static Map<String, Observed> observe(Admin admin, TopicCatalogue catalogue) {
        var names = new HashSet<String>();
        catalogue.specs().forEach(spec -> names.add(catalogue.name(spec.name())));
        names.retainAll(KafkaFutures.get(admin.listTopics().names()));
        var described = admin.describeTopics(names).topicNameValues();
        var configs = admin.describeConfigs(
                        names.stream().map(TopicAdmin::resource).toList())
                .values();
        var observed = new HashMap<String, Observed>();
        described.forEach((name, topic) -> {
            try {
                observed.put(
                        name,
                        observed(
                                KafkaFutures.get(topic),
                                KafkaFutures.get(Objects.requireNonNull(configs.get(resource(name))))));
            } catch (UnknownTopicOrPartitionException e) {
                // deleted since it was listed: reported as missing
            }
        });
        return observed;
    }

    private static Observed observed(TopicDescription topic, Config config) {
        var settings = config.entries().stream()
                .filter(entry -> entry.value() != null)
                .collect(Collectors.toMap(ConfigEntry::name, ConfigEntry::value));
        return new Observed(topic.partitions().size(), replication(topic), settings);
    }

    /** The smallest number of replicas of any partition. */
    private static int replication(TopicDescription topic) {
        return topic.partitions().stream()
                .mapToInt(partition -> partition.replicas().size())
                .min()
                .orElse(0);
    }

    private static void create(Admin admin, TopicCatalogue catalogue, Set<String> missing) {
        var topics = catalogue.specs().stream()
                .filter(spec -> missing.contains(catalogue.name(spec.name())))
                .map(spec -> new NewTopic(catalogue.name(spec.name()), catalogue.partitions(), catalogue.replication())
                        .configs(catalogue.configs(spec)))
                .toList();
        admin.createTopics(topics).values().values().forEach(created -> {
            try {
                KafkaFutures.get(created);
            } catch (TopicExistsException e) {
                // created meanwhile by another run of the same command
            }
        });
    }

    /** Brokers learn of a change one after the other, and Kafka Streams stops if a topic is not visible. */
    private static void awaitVisible(Admin admin, TopicCatalogue catalogue) {
        var visible = VISIBLE.until(() -> check(admin, catalogue).stream().noneMatch(Difference::correctable));
        if (!visible) {
            throw new TimeoutException(
                    "topics: changes not visible after %d s (expected: within seconds; run ipn topics apply again)"
                            .formatted(VISIBLE.timeout().toSeconds()));
        }
    }

    private static void alter(Admin admin, List<Difference> differences) {
        var operations = differences.stream()
                .filter(difference -> difference.kind() == Kind.CONFIG)
                .collect(Collectors.groupingBy(
                        difference -> resource(difference.topic()),
                        Collectors.mapping(
                                TopicAdmin::set,
                                Collectors.<AlterConfigOp, Collection<AlterConfigOp>>toCollection(ArrayList::new))));
        KafkaFutures.get(admin.incrementalAlterConfigs(operations).all());
    }

    private static AlterConfigOp set(Difference difference) {
        return new AlterConfigOp(
                new ConfigEntry(difference.setting(), difference.expected()), AlterConfigOp.OpType.SET);
    }

    private static Set<String> topics(List<Difference> differences, Kind kind) {
        return differences.stream()
                .filter(difference -> difference.kind() == kind)
                .map(Difference::topic)
                .collect(Collectors.toSet());
    }

    private static ConfigResource resource(String topic) {
        return new ConfigResource(ConfigResource.Type.TOPIC, topic);
    }
}
