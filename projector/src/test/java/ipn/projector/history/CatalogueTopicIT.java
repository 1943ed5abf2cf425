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
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class CatalogueTopicIT {
    private static final ProductCatalogue NEW = new ProductCatalogue(Map.of("ads", Products.ADS), true, "v2");

    private static final int PROJECTORS = 3;

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
            assertThat(first.changed()).as("in the place of others").isFalse();
            assertThat(first.history().newest()).isEqualTo(Products.CATALOGUE);

            var before = new CatalogueTopic(kafka).read().records().size();
            var atOnce = atOnce(kafka).stream().distinct().toList();
            assertThat(atOnce).hasSize(1);
            assertThat(new CatalogueTopic(kafka).read().records())
                    .as("none of them knew of another")
                    .hasSize(before + PROJECTORS);
            assertThat(atOnce.get(0).history().entries())
                    .extracting(CatalogueHistory.Entry::catalogue)
                    .containsExactly(Products.CATALOGUE, NEW);
            var records = new CatalogueTopic(kafka).read().records().size();
            assertThat(atOnce.get(0).changed()).isTrue();
            var restarted = new CatalogueTopic(kafka).join(NEW, Clock.systemUTC());
            assertThat(restarted.history()).isEqualTo(atOnce.get(0).history());
            assertThat(restarted.changed()).isFalse();
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

    /** All of them read the topic before one of them writes: {@code join} asks for the time between the two. */
    private static List<CatalogueTopic.Joined> atOnce(KafkaSettings kafka) throws Exception {
        var allHaveRead = new CyclicBarrier(PROJECTORS);
        var threads = Executors.newFixedThreadPool(PROJECTORS);
        try {
            var joining = new ArrayList<Future<CatalogueTopic.Joined>>();
            for (var number = 0; number < PROJECTORS; number++) {
                var clock = new BarrierClock(allHaveRead, Instant.now().plusSeconds(number));
                joining.add(threads.submit(() -> new CatalogueTopic(kafka).join(NEW, clock)));
            }
            var joined = new ArrayList<CatalogueTopic.Joined>();
            for (var each : joining) {
                joined.add(each.get());
            }
            return joined;
        } finally {
            threads.shutdownNow();
        }
    }

    /** Gives its time when all have asked for theirs. */
    private static final class BarrierClock extends Clock {
        private final CyclicBarrier all;
        private final Instant now;

        BarrierClock(CyclicBarrier all, Instant now) {
            this.all = all;
            this.now = now;
        }

        @Override
        public Instant instant() {
            try {
                all.await(30, TimeUnit.SECONDS);
                return now;
            } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
                throw new AssertionError("the projectors did not start at once", e);
            }
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }
    }

    private static KafkaSettings settings(KafkaUnderTest broker, EmbeddedRegistry registry, TopicCatalogue topics) {
        return new KafkaSettings(
                Map.of("bootstrap.servers", broker.bootstrapServers()),
                Map.of("schema.registry.url", registry.url(), "auto.register.schemas", "true"),
                topics);
    }
}
