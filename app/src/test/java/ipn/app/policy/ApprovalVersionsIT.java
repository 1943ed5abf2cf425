package ipn.app.policy;

import static org.assertj.core.api.Assertions.assertThat;

import ipn.avro.DecisionKind;
import ipn.embedded.KafkaUnderTest;
import ipn.operations.decision.ApprovalVersions;
import ipn.operations.topic.TopicReader;
import ipn.projector.catalogue.CatalogueHistory;
import ipn.projector.catalogue.CatalogueSettings;
import ipn.projector.history.CatalogueTopic;
import ipn.settings.Settings;
import ipn.topics.KafkaSettings;
import ipn.topics.TopicCatalogue;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Programs that know no projector read from the same topic which decisions need approval. */
class ApprovalVersionsIT {
    private static final Instant FIRST = Instant.parse("2026-11-01T00:00:00Z");

    @Test
    void approval_is_what_the_projector_judges_by_at_each_time() {
        var broker = KafkaUnderTest.shared();
        var topics = broker.createTopics(getClass(), 1);
        var kafka = new KafkaSettings(
                Map.of("bootstrap.servers", broker.bootstrapServers()),
                Map.of("schema.registry.url", "mock://" + topics.prefix(), "auto.register.schemas", "true"),
                topics);
        try (var reader = TopicReader.open(kafka)) {
            var name = topics.name(TopicCatalogue.CATALOGUES);
            assertThat(ApprovalVersions.read(reader, kafka.serdes(), name)).isEmpty();

            for (var day = 0; day < 3; day++) {
                var approval = List.of("[]", "[grant]", "[grant, accept]").get(day);
                var settings = Settings.parse("policy: {approval: " + approval + "}");
                var at = FIRST.plusSeconds(86_400L * day);
                var unused = new CatalogueTopic(kafka)
                        .join(CatalogueSettings.from(settings, false), Clock.fixed(at, ZoneOffset.UTC));
            }

            var ours = ApprovalVersions.read(reader, kafka.serdes(), name).orElseThrow();
            var theirs = new CatalogueTopic(kafka)
                    .read()
                    .history()
                    .map(CatalogueHistory::approval)
                    .orElseThrow();
            for (var hour = -24; hour < 96; hour += 5) {
                for (var kind : DecisionKind.values()) {
                    var at = FIRST.plusSeconds(3_600L * hour);
                    assertThat(ours.requires(kind, at)).as(kind + " " + at).isEqualTo(theirs.requires(kind, at));
                }
            }
            assertThat(ours.requires(DecisionKind.ACCEPT, FIRST.plusSeconds(300_000)))
                    .isTrue();
        }
    }
}
