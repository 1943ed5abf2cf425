package ipn.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ipn.client.follow.RegistrySchemas;
import ipn.embedded.BrokerOptions;
import ipn.embedded.EmbeddedBroker;
import ipn.embedded.EmbeddedRegistry;
import ipn.polling.Polling;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The cache and a real broker, which goes away and comes back. */
class AccessCacheIT {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(300);

    @TempDir
    private static Path kafkaFolder;

    private static EmbeddedBroker broker;
    private static EmbeddedRegistry registry;

    @TempDir
    private Path folder;

    private StateTopic topic;

    @BeforeAll
    static void start() {
        broker = EmbeddedBroker.start(kafkaFolder.resolve("kafka"), 0, BrokerOptions.defaults());
        registry = EmbeddedRegistry.start(kafkaFolder.resolve("schemas.json"), 0);
    }

    @AfterAll
    static void stop() {
        registry.close();
        broker.close();
    }

    @BeforeEach
    void createTopic() throws Exception {
        topic = StateTopic.create(broker.bootstrapServers(), registry);
    }

    @AfterEach
    void closeTopic() {
        topic.close();
    }

    @Test
    void only_committed_records_count_and_revisions_never_go_back() {
        topic.commit("ada", 1);
        topic.abort("ada", 7);
        topic.abort("eve", 1);
        topic.commit("bob", 5, 4);
        topic.commitGarbage("ada");
        try (var cache = AccessCache.open(settings())) {
            assertThat(cache.of("ada", "premium").revision()).isEqualTo(1);
            assertThat(cache.of("bob", "premium").revision()).isEqualTo(5);
            assertThat(cache.of("eve", "premium").status()).isEqualTo(AccessStatus.NONE);

            topic.abort("ada", 8);
            topic.commit("ada", 2);
            assertCurrent(cache);
            assertThat(cache.of("ada", "premium"))
                    .matches(AccessAnswer::isAllowed)
                    .matches(answer -> !answer.stale())
                    .extracting(AccessAnswer::revision)
                    .isEqualTo(2L);
            assertThat(cache.status().outdated()).isEqualTo(1);
            assertThat(cache.status().unreadable()).isEqualTo(1);
            assertThat(cache.all("ada", 10)).singleElement().matches(answer -> answer.revision() == 2);
            assertThat(cache.entitlements()).containsExactly("premium");
        }
    }

    @Test
    void listeners_receive_what_changes_after_the_start() {
        topic.commit("ada", 1);
        var changes = new CopyOnWriteArrayList<AccessChange>();
        try (var cache = AccessCache.open(settings());
                var failing = cache.listen(change -> {
                    throw new IllegalStateException("a bug of the service");
                });
                var listening = cache.listen(changes::add)) {
            topic.commit("ada", 2);
            assertCurrent(cache);
            topic.commit("ada", 1);
            topic.commit("ada", 2);
            topic.commitDeletion("ada");
            assertCurrent(cache);
            listening.close();
            topic.commit("ada", 1);
            assertCurrent(cache);
            assertThat(cache.of("ada", "premium").revision()).isEqualTo(1);
        }
        assertThat(changes)
                .extracting(
                        change -> change.before().map(AccessDecision::revision).orElse(0L) + " to "
                                + change.after().map(AccessDecision::revision).orElse(0L))
                .containsExactly("1 to 2", "2 to 0");
    }

    @Test
    void a_part_of_the_partitions_answers_for_its_subjects() {
        topic.commit("ada", 1);
        var mine = StateTopic.partitionOf("ada");
        try (var cache = AccessCache.open(settings().withPartitions(Set.of(mine)));
                var other = AccessCache.open(settings().withPartitions(Set.of((mine + 1) % 4)))) {
            assertThat(cache.of("ada", "premium").isAllowed()).isTrue();
            assertThat(other.of("ada", "premium").reason()).isEqualTo(AccessRules.NOT_FOLLOWED);
        }
    }

    @Test
    void it_starts_with_its_file_and_goes_on_from_there() throws Exception {
        topic.commit("ada", 3);
        try (var cache = AccessCache.open(settings().withFile(file()))) {
            assertThatThrownBy(() -> AccessCache.open(settings().withFile(file())))
                    .isInstanceOf(AccessCacheException.class)
                    .hasMessageContaining("in use");
            topic.commit("ada", 4);
            assertCurrent(cache);
        }
        try (var cache = AccessCache.open(settings()
                .withFile(file())
                .withKafka(Map.of("bootstrap.servers", "127.0.0.1:1"))
                .withStartTimeout(SHORT))) {
            var answer = cache.of("ada", "premium");
            assertThat(answer.revision()).isEqualTo(4);
            assertThat(answer.age()).hasValueSatisfying(age -> assertThat(age).isBetween(SHORT, PATIENCE));
            assertThat(cache.of(AccessQuestion.of("ada", "premium").withMaxAge(SHORT))
                            .reason())
                    .isEqualTo(AccessRules.TOO_OLD);
        }
        var changes = new CopyOnWriteArrayList<AccessChange>();
        topic.commit("ada", 3, 5);
        try (var cache = AccessCache.open(settings().withFile(file()));
                var listening = cache.listen(changes::add)) {
            assertThat(cache.of("ada", "premium").revision()).isEqualTo(5);
        }
        var bytes = Files.readAllBytes(file());
        bytes[bytes.length / 2] ^= 1;
        Files.write(file(), bytes);
        try (var cache = AccessCache.open(settings().withFile(file()))) {
            assertThat(cache.of("ada", "premium").revision()).isEqualTo(5);
        }
    }

    @Test
    void a_topic_that_was_created_again_is_read_from_its_start() throws Exception {
        topic.commit("ada", 3);
        topic.commit("ada", 4);
        try (var cache = AccessCache.open(settings().withFile(file()))) {
            assertThat(cache.of("ada", "premium").revision()).isEqualTo(4);
        }
        topic.recreate();
        try (var cache = AccessCache.open(settings().withFile(file()))) {
            assertThat(cache.of("ada", "premium").status()).isEqualTo(AccessStatus.NONE);
        }
    }

    @Test
    void without_a_file_and_without_a_broker_nothing_is_known() {
        try (var cache = AccessCache.open(settings()
                .withKafka(Map.of("bootstrap.servers", "127.0.0.1:1"))
                .withStartTimeout(Duration.ofMillis(50)))) {
            assertThat(cache.of("ada", "premium").reason()).isEqualTo(AccessRules.NOT_LOADED);
            assertThat(cache.all("ada", 10)).isEmpty();
        }
    }

    @Test
    void while_the_broker_is_away_it_answers_and_says_how_old_that_is() {
        topic.commit("ada", 1);
        try (var cache = AccessCache.open(settings().withRules(new AccessRules(Duration.ofHours(1), SHORT)))) {
            broker.killHard();
            assertThat(Polling.upTo(PATIENCE)
                            .until(() -> cache.of("ada", "premium").stale()))
                    .isTrue();
            var answer = cache.of("ada", "premium");
            assertThat(answer.isAllowed()).isTrue();
            assertThat(answer.age()).hasValueSatisfying(age -> assertThat(age).isGreaterThan(SHORT));
            assertThat(cache.of(AccessQuestion.of("ada", "premium").withMaxAge(SHORT))
                            .isKnown())
                    .isFalse();

            broker.restart();
            topic.commit("ada", 2);
            assertCurrent(cache);
            assertThat(cache.of("ada", "premium").revision()).isEqualTo(2);
            assertThat(Polling.upTo(PATIENCE)
                            .until(() -> !cache.of("ada", "premium").stale()))
                    .isTrue();
        }
    }

    private static void assertCurrent(AccessCache cache) {
        assertThat(cache.awaitCurrent(PATIENCE)).as("current").isTrue();
    }

    private AccessSettings settings() {
        return AccessSettings.of(
                        Map.of("bootstrap.servers", broker.bootstrapServers()), RegistrySchemas.at(registry.url()))
                .withTopic(topic.name())
                .withProbeInterval(Duration.ofMillis(20));
    }

    private Path file() {
        return folder.resolve("access");
    }
}
