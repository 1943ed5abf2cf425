package ipn.operations.topic;

import static org.assertj.core.api.Assertions.assertThat;

import ipn.embedded.KafkaUnderTest;
import ipn.operations.topic.TopicAdmin.Difference;
import ipn.operations.topic.TopicAdmin.Kind;
import ipn.polling.Polling;
import ipn.topics.KafkaSettings;
import ipn.topics.TopicCatalogue;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TopicAdminIT {
    private final TopicCatalogue catalogue = new TopicCatalogue("t" + UUID.randomUUID() + ".", 2, (short) 1);
    private final Map<String, String> clients =
            Map.of("bootstrap.servers", KafkaUnderTest.shared().bootstrapServers());

    @Test
    void creates_every_missing_topic_as_the_catalogue_says_and_does_nothing_the_second_time() {
        assertThat(TopicAdmin.check(kafka(catalogue)))
                .hasSameSizeAs(catalogue.specs())
                .contains(new Difference(
                        catalogue.name("raw"), Kind.MISSING, "missing", "", "2 partitions, replication 1, 30 days"))
                .contains(new Difference(
                        catalogue.name("payments"),
                        Kind.MISSING,
                        "missing",
                        "",
                        "2 partitions, replication 1, compacted"))
                .allMatch(Difference::correctable);

        var applied = TopicAdmin.apply(kafka(catalogue));

        assertThat(applied.corrected()).hasSameSizeAs(catalogue.specs());
        assertThat(applied.remaining()).isEmpty();
        assertThat(TopicAdmin.check(kafka(catalogue))).isEmpty();
        assertThat(TopicAdmin.apply(kafka(catalogue)).corrected()).isEmpty();
    }

    @Test
    void corrects_changed_or_deleted_settings_and_leaves_other_settings_alone() throws Exception {
        TopicAdmin.apply(kafka(catalogue));
        try (var admin = Admin.create(kafka(catalogue).client())) {
            set(admin, catalogue.name("raw"), "retention.ms", "1000");
            set(admin, catalogue.name("raw"), "segment.ms", "60000");
            admin.deleteTopics(Set.of(catalogue.name("dlq"))).all().get();
            while (TopicAdmin.check(admin, catalogue).size() < 2
                    || !"60000".equals(setting(admin, catalogue.name("raw"), "segment.ms"))) {
                Thread.onSpinWait();
            }
        }

        var applied = TopicAdmin.apply(kafka(catalogue));

        assertThat(applied.corrected())
                .containsExactly(
                        new Difference(catalogue.name("raw"), Kind.CONFIG, "retention.ms", "1000", "2592000000"),
                        new Difference(
                                catalogue.name("dlq"),
                                Kind.MISSING,
                                "missing",
                                "",
                                "2 partitions, replication 1, 90 days"));
        assertThat(TopicAdmin.check(kafka(catalogue))).isEmpty();
        try (var admin = Admin.create(kafka(catalogue).client())) {
            assertThat(setting(admin, catalogue.name("raw"), "segment.ms")).isEqualTo("60000");
        }
    }

    @Test
    void reports_partitions_and_replicas_but_never_changes_them() {
        TopicAdmin.apply(kafka(catalogue));
        var wider = new TopicCatalogue(catalogue.prefix(), 3, (short) 2);

        var applied = TopicAdmin.apply(kafka(wider));

        assertThat(applied.corrected()).isEmpty();
        assertThat(applied.remaining())
                .hasSize(2 * catalogue.specs().size())
                .contains(new Difference(wider.name("raw"), Kind.PARTITIONS, "partitions", "2", "3"))
                .contains(new Difference(wider.name("raw"), Kind.REPLICATION, "replication", "1", "2"))
                .noneMatch(Difference::correctable);
        assertThat(TopicAdmin.check(kafka(catalogue))).isEmpty();
    }

    @Test
    void a_topic_requires_the_replicas_of_the_catalogue_only_if_it_has_them() throws Exception {
        TopicAdmin.apply(kafka(catalogue));
        var production = new TopicCatalogue(catalogue.prefix(), 2, (short) 3);
        assertThat(TopicAdmin.apply(kafka(production)).remaining())
                .hasSize(catalogue.specs().size())
                .allMatch(difference -> difference.kind() == Kind.REPLICATION);
        try (var admin = Admin.create(kafka(catalogue).client())) {
            assertThat(setting(admin, catalogue.name("raw"), "min.insync.replicas"))
                    .isEqualTo("1");
            set(admin, catalogue.name("raw"), "min.insync.replicas", "2");
            assertThat(Polling.upTo(Duration.ofSeconds(20))
                            .until(() -> !TopicAdmin.check(admin, catalogue).isEmpty()))
                    .isTrue();
        }

        assertThat(TopicAdmin.apply(kafka(catalogue)).corrected())
                .containsExactly(new Difference(catalogue.name("raw"), Kind.CONFIG, "min.insync.replicas", "2", "1"));
    }

    private KafkaSettings kafka(TopicCatalogue topics) {
        return new KafkaSettings(clients, Map.of(), topics);
    }

    private static void set(Admin admin, String topic, String setting, String value) throws Exception {
        var resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        var operation = new AlterConfigOp(new ConfigEntry(setting, value), AlterConfigOp.OpType.SET);
        admin.incrementalAlterConfigs(Map.of(resource, List.of(operation)))
                .all()
                .get();
    }

    private static String setting(Admin admin, String topic, String setting) throws Exception {
        var resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        return admin.describeConfigs(List.of(resource))
                .all()
                .get()
                .get(resource)
                .get(setting)
                .value();
    }
}
