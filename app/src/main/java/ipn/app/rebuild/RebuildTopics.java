package ipn.app.rebuild;

import ipn.app.BuildSchemas;
import ipn.app.UserException;
import ipn.operations.KafkaFutures;
import ipn.operations.schema.SchemaAdmin;
import ipn.polling.Polling;
import ipn.processor.ProcessorStage;
import ipn.projector.ProjectorStage;
import ipn.topics.KafkaSettings;
import ipn.topics.TopicCatalogue;
import ipn.topics.TopicSpec;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;

/**
 * The topics of a rebuild. Their names, those of the changelogs, the consumer groups and the transactional ids all begin with one prefix.
 *
 * @param live the pipeline whose history is run again
 */
public record RebuildTopics(KafkaSettings live, String prefix) {
    /** Name without prefix of the topic that says what was rebuilt, and how far. */
    public static final String PROGRESS = "rebuild";

    private static final Polling VISIBLE = Polling.upTo(Duration.ofSeconds(30)).every(Duration.ofMillis(50));

    /** @throws UserException if names of the rebuild could be names of the pipeline */
    public RebuildTopics {
        var liveIds = List.of(live.topics().prefix(), ProcessorStage.APPLICATION_ID, ProjectorStage.APPLICATION_ID);
        if (!prefix.matches("[a-zA-Z0-9_-][a-zA-Z0-9._-]{0,98}[._-]")
                || liveIds.stream().anyMatch(id -> id.startsWith(prefix) || prefix.startsWith(id + "-"))) {
            throw UserException.usage(
                    "--to-prefix: %s (expected: 2 to 100 letters, digits and . _ -, the last one of . _ -, and not the beginning of %s)"
                            .formatted(prefix, live.topics().prefix()));
        }
    }

    /** The same cluster with the topics of the rebuild. */
    public KafkaSettings kafka() {
        return new KafkaSettings(live.clients(), live.registry(), catalogue());
    }

    private TopicCatalogue catalogue() {
        return new TopicCatalogue(
                prefix, live.topics().partitions(), live.topics().replication());
    }

    /** Application id of the processor of the rebuild. */
    public String processorId() {
        return prefix + ProcessorStage.APPLICATION_ID;
    }

    /** Application id of the projector of the rebuild. */
    public String projectorId() {
        return prefix + ProjectorStage.APPLICATION_ID;
    }

    String progress() {
        return prefix + PROGRESS;
    }

    /**
     * Creates those that are missing, and registers their schemas. They keep the timestamps of the records that are copied, which may be old, and therefore delete
     * nothing by age.
     */
    void create(Admin admin) {
        var catalogue = catalogue();
        var known = existing(admin);
        var all = Stream.concat(
                        catalogue.specs().stream().map(spec -> topic(catalogue, spec)),
                        Stream.of(new NewTopic(progress(), 1, catalogue.replication())
                                .configs(Map.of("retention.ms", "-1"))))
                .toList();
        var missing =
                all.stream().filter(topic -> !known.contains(topic.name())).toList();
        KafkaFutures.get(admin.createTopics(missing).all());
        var names = all.stream().map(NewTopic::name).collect(Collectors.toSet());
        require(existing -> existing.containsAll(names), admin, "created and not visible");
        var applied = new SchemaAdmin(kafka(), BuildSchemas.of(catalogue, projectorId())).apply();
        if (!applied.remaining().isEmpty()) {
            throw UserException.problem(
                    "schemas: those of %s are not compatible with an earlier rebuild (expected: another --to-prefix)"
                            .formatted(prefix));
        }
    }

    private static NewTopic topic(TopicCatalogue catalogue, TopicSpec spec) {
        var configs = catalogue.configs(spec);
        configs.put("message.timestamp.type", "CreateTime");
        if (!spec.compacted()) {
            configs.put("retention.ms", "-1");
        }
        return new NewTopic(catalogue.name(spec.name()), catalogue.partitions(), catalogue.replication())
                .configs(configs);
    }

    /** Deletes the topics and groups of an earlier rebuild, and nothing else. */
    void delete(Admin admin) {
        for (var group : List.of(processorId(), projectorId())) {
            if (!VISIBLE.until(() -> ConsumerGroups.delete(admin, group))) {
                throw UserException.problem(
                        "group %s: in use (expected: no other rebuild with this prefix)".formatted(group));
            }
        }
        KafkaFutures.get(admin.deleteTopics(existing(admin)).all());
        require(Set::isEmpty, admin, "deleted and still visible");
    }

    private interface Expected {
        boolean holds(Set<String> existing);
    }

    private void require(Expected expected, Admin admin, String otherwise) {
        if (!VISIBLE.until(() -> expected.holds(existing(admin)))) {
            throw new KafkaException("topics of %s: %s".formatted(prefix, otherwise));
        }
    }

    /** All topics that there are: those of the catalogue, of the progress, and the changelogs. */
    Set<String> existing(Admin admin) {
        var catalogue = catalogue();
        var named = catalogue.specs().stream()
                .map(spec -> catalogue.name(spec.name()))
                .collect(Collectors.toSet());
        named.add(progress());
        return KafkaFutures.get(admin.listTopics().names()).stream()
                .filter(name -> named.contains(name)
                        || name.startsWith(processorId() + "-")
                        || name.startsWith(projectorId() + "-"))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
