package ipn.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import ipn.embedded.KafkaUnderTest;
import ipn.topics.KafkaSettings;
import ipn.topics.TopicCatalogue;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.AlterConfigOp.OpType;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;

class TopicAdminIT {
    private final String bootstrap = KafkaUnderTest.shared().bootstrapServers();
    private final KafkaSettings kafka = new KafkaSettings(
            Map.of("bootstrap.servers", bootstrap), Map.of(), new TopicCatalogue("topic-admin.", 2, (short) 1));

    @Test
    void creates_what_is_missing_mends_settings_and_leaves_partitions_to_people() throws Exception {
        var all = kafka.topics().specs().size();
        assertThat(TopicAdmin.check(kafka))
                .hasSize(all)
                .allMatch(difference -> difference.actual().equals("missing"));
        assertThat(TopicAdmin.apply(kafka)).hasSize(all).allMatch(TopicDifference::mended);
        assertThat(TopicAdmin.check(kafka)).isEmpty();
        assertThat(TopicAdmin.apply(kafka)).isEmpty();

        spoil();
        var spoiled = List.of(
                tuple("topic-admin.payments", "partitions", "3", "2"),
                tuple("topic-admin.raw", "retention.ms", "1000", "2592000000"));
        assertThat(TopicAdmin.check(kafka))
                .extracting("topic", "what", "actual", "expected")
                .containsExactlyInAnyOrderElementsOf(spoiled);
        assertThat(TopicAdmin.apply(kafka))
                .extracting("what", "mended")
                .containsExactlyInAnyOrder(tuple("partitions", false), tuple("retention.ms", true));
        assertThat(TopicAdmin.check(kafka)).extracting("what").containsExactly("partitions");
    }

    private void spoil() throws Exception {
        try (var admin = Admin.create(kafka.client())) {
            var raw = new ConfigResource(ConfigResource.Type.TOPIC, "topic-admin.raw");
            var op = new AlterConfigOp(new ConfigEntry("retention.ms", "1000"), OpType.SET);
            admin.incrementalAlterConfigs(Map.of(raw, List.of(op))).all().get();
            admin.createPartitions(Map.of("topic-admin.payments", NewPartitions.increaseTo(3)))
                    .all()
                    .get();
        }
    }
}
