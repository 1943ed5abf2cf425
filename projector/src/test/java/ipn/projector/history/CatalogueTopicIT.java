package ipn.projector.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ipn.embedded.EmbeddedRegistry;
import ipn.embedded.KafkaUnderTest;
import ipn.projector.Products;
import ipn.projector.catalogue.CatalogueHistory;
import ipn.projector.catalogue.ProductCatalogue;
import ipn.settings.SettingsException;
import ipn.topics.KafkaSettings;
import ipn.topics.TopicCatalogue;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class CatalogueTopicIT {
    private static final ProductCatalogue NEW = new ProductCatalogue(Map.of("ads", Products.ADS), true, "v2");

    @TempDir
    Path folder;

    @Test
    void projectors_that_start_at_once_agree_and_a_restart_adds_nothing() throws Exception {
        var broker = KafkaUnderTest.shared();
        var topics = broker.createTopics(CatalogueTopicIT.class, 2);
        try (var registry = EmbeddedRegistry.start(folder.resolve("schemas"), 0)) {
            var kafka = settings(broker, registry, topics);
            var first = new CatalogueTopic(kafka).join(Products.CATALOGUE, Clock.systemUTC());
            assertThat(first.olderSettings()).isFalse();
            assertThat(first.history().newest()).isEqualTo(Products.CATALOGUE);

            var atOnce = IntStream.range(0, 3)
                    .mapToObj(any ->
                            CompletableFuture.supplyAsync(() -> new CatalogueTopic(kafka).join(NEW, Clock.systemUTC())))
                    .map(CompletableFuture::join)
                    .distinct()
                    .toList();
            assertThat(atOnce).hasSize(1);
            assertThat(atOnce.get(0).history().entries())
                    .extracting(CatalogueHistory.Entry::catalogue)
                    .containsExactly(Products.CATALOGUE, NEW);
            var records = new CatalogueTopic(kafka).read().records().size();
            assertThat(new CatalogueTopic(kafka).join(NEW, Clock.systemUTC())).isEqualTo(atOnce.get(0));
            var old = new CatalogueTopic(kafka).join(Products.CATALOGUE, Clock.systemUTC());
            assertThat(old.history())
                    .as("settings that were replaced do not judge again")
                    .isEqualTo(atOnce.get(0).history());
            assertThat(old.olderSettings()).isTrue();
            assertThat(new CatalogueTopic(kafka).read().records()).hasSize(records);

            var missing = settings(broker, registry, new TopicCatalogue("missing.", 2, (short) 1));
            assertThatThrownBy(() -> new CatalogueTopic(missing).join(NEW, Clock.systemUTC()))
                    .isInstanceOf(SettingsException.class)
                    .hasMessageContaining(
                            "topic missing.catalogues: does not exist (expected: create it with ipn topics apply)");
        }
    }

    private static KafkaSettings settings(KafkaUnderTest broker, EmbeddedRegistry registry, TopicCatalogue topics) {
        return new KafkaSettings(
                Map.of("bootstrap.servers", broker.bootstrapServers()),
                Map.of("schema.registry.url", registry.url(), "auto.register.schemas", "true"),
                topics);
    }
}
