package ipn.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import ipn.topics.TopicCatalogue;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;

class KafkaUnderTestIT {
    @Test
    void every_test_class_gets_all_topics_of_the_catalogue_for_itself() throws Exception {
        var kafka = KafkaUnderTest.shared();
        var mine = kafka.createTopics(KafkaUnderTestIT.class, 2);
        var theirs = kafka.createTopics(KafkaUnderTestIT.class, 3);

        assertThat(theirs.prefix()).isNotEqualTo(mine.prefix());
        try (var admin = Admin.create(Map.<String, Object>of("bootstrap.servers", kafka.bootstrapServers()))) {
            var names =
                    mine.specs().stream().map(spec -> mine.name(spec.name())).toList();
            var described = admin.describeTopics(names).allTopicNames().get();
            assertThat(described.values())
                    .allSatisfy(topic -> assertThat(topic.partitions()).hasSize(2));
            var raw = new ConfigResource(ConfigResource.Type.TOPIC, mine.name(TopicCatalogue.RAW));
            var configs = admin.describeConfigs(List.of(raw)).all().get().get(raw);
            assertThat(configs.get("message.timestamp.type").value()).isEqualTo("LogAppendTime");
        }
    }
}
