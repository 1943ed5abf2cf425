package ipn.query;

import static org.assertj.core.api.Assertions.assertThat;

import ipn.embedded.BrokerOptions;
import ipn.embedded.EmbeddedBroker;
import ipn.embedded.EmbeddedPostgres;
import ipn.embedded.EmbeddedRegistry;
import ipn.query.database.Database;
import ipn.query.database.DatabaseSettings;
import ipn.settings.Secret;
import ipn.settings.Settings;
import ipn.topics.KafkaSettings;
import ipn.topics.TopicCatalogue;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills the stage, PostgreSQL and the broker under load, while a caller asks: with SIGKILL, {@code -Dquery.kills} times, each in processes of
 * their own. Beside every third transaction of the load one is rolled back.
 */
@Tag("long")
class KilledReadModelIT {
    private static final int KILLS = Integer.getInteger("query.kills", 50);
    private static final long SEED = Long.getLong("query.seed", 11);
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final long PAUSE_MILLIS = 10;

    @TempDir
    Path folder;

    private final Random random = new Random(SEED);
    private final AtomicBoolean done = new AtomicBoolean();
    private final AtomicLong committed = new AtomicLong();
    private final List<String> wrong = new CopyOnWriteArrayList<>();

    @Test
    void killed_under_load_it_ends_with_the_rows_of_a_fresh_build_and_no_answer_was_ever_wrong() throws Exception {
        try (var broker = EmbeddedBroker.start(folder.resolve("kafka"), 0, BrokerOptions.defaults());
                var registry = EmbeddedRegistry.start(folder.resolve("schemas.json"), 0);
                var postgres = EmbeddedPostgres.start(folder.resolve("postgres"), 0, Map.of())) {
            var kafka = createTopics(broker, registry);
            try (var topics = new PipelineTopics(kafka);
                    var query = new QueryProcess(folder, yaml(kafka, postgres))) {
                topics.commit(() -> Revisions.write(topics, 0));
                assertThat(query.awaitAnswer("/v1/users/u_0", PATIENCE)).isTrue();
                var load = CompletableFuture.runAsync(() -> write(topics));
                var seen = new Revisions();
                var caller = CompletableFuture.runAsync(() -> ask(query, seen));
                for (var kill = 0; kill < KILLS; kill++) {
                    kill(query, postgres, broker);
                    awaitProgress(query);
                }
                done.set(true);
                CompletableFuture.allOf(load, caller).join();
                System.out.printf(
                        "%d kills, seed %d; %,d transactions committed; %,d answers compared, the newest of revision %,d%n",
                        KILLS, SEED, committed.get(), seen.answers(), seen.newest());
                assertThat(wrong).isEmpty();
                assertThat(seen.answers()).isGreaterThan(KILLS);
                assertThat(seen.newest()).isGreaterThan(KILLS);
                compare(kafka, postgres);
            }
        }
    }

    /** Until the stage has what was committed after the kill. */
    private void awaitProgress(QueryProcess query) throws InterruptedException {
        var killed = committed.get();
        var startedAt = System.nanoTime();
        var seen = new Revisions();
        while (seen.newest() <= killed + 1) {
            var user = Revisions.user(random.nextInt(10));
            query.ask("/v1/users/" + user).ifPresent(answer -> {
                var unused = seen.check(user, answer.body());
            });
            assertThat(System.nanoTime() - startedAt)
                    .as("nanoseconds without progress")
                    .isLessThan(PATIENCE.toNanos());
        }
        System.out.printf("  progress after %,d ms%n", (System.nanoTime() - startedAt) / 1_000_000);
    }

    private void kill(QueryProcess query, EmbeddedPostgres postgres, EmbeddedBroker broker) throws Exception {
        Thread.sleep(random.nextInt(500)); // at any moment of the load
        switch (random.nextInt(3)) {
            case 0 -> {
                System.out.println("kill query");
                query.killHard();
            }
            case 1 -> {
                System.out.println("kill postgres");
                postgres.killHard();
                postgres.restart();
            }
            default -> {
                System.out.println("kill broker");
                broker.killHard();
                broker.restart();
            }
        }
    }

    private void write(PipelineTopics topics) {
        for (var number = 1L; !done.get(); number++) {
            while (!tryWrite(topics, number)) {
                reopen(topics);
            }
            committed.set(number);
        }
    }

    private static boolean tryWrite(PipelineTopics topics, long number) {
        try {
            if (number % 3 == 0) {
                topics.abort(() -> {
                    Revisions.writeInVain(topics, number + 1_000_000);
                    topics.writeOneOfEach(new AnyRecord(-number));
                });
            }
            topics.commit(() -> {
                Revisions.write(topics, number);
                topics.writeOneOfEach(new AnyRecord(number));
            });
            Thread.sleep(PAUSE_MILLIS);
            return true;
        } catch (KafkaException e) {
            return false; // the broker is away: the same once more
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void reopen(PipelineTopics topics) {
        for (var open = false; !open; ) {
            try {
                topics.reopen();
                open = true;
            } catch (KafkaException e) {
                // still away
            }
        }
    }

    private void ask(QueryProcess query, Revisions seen) {
        try {
            for (var number = 0; !done.get(); number++) {
                var user = Revisions.user(number);
                query.ask("/v1/users/" + user)
                        .map(answer -> seen.check(user, answer.body()))
                        .filter(problem -> !problem.isEmpty())
                        .ifPresent(wrong::add);
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KafkaSettings createTopics(EmbeddedBroker broker, EmbeddedRegistry registry) throws Exception {
        var catalogue = new TopicCatalogue("ipn.", 3, (short) 1);
        var topics = catalogue.specs().stream()
                .map(spec -> new NewTopic(catalogue.name(spec.name()), 3, (short) 1).configs(catalogue.configs(spec)))
                .toList();
        try (var admin = Admin.create(Map.<String, Object>of("bootstrap.servers", broker.bootstrapServers()))) {
            admin.createTopics(topics).all().get();
        }
        return new KafkaSettings(
                Map.of("bootstrap.servers", broker.bootstrapServers(), "max.block.ms", "5000"),
                Map.of("schema.registry.url", registry.url(), "auto.register.schemas", "true"),
                catalogue);
    }

    private static String yaml(KafkaSettings kafka, EmbeddedPostgres postgres) {
        return """
                kafka: {bootstrap.servers: "%s"}
                schema-registry: {url: "%s"}
                topics: {partitions: 3, replication: 1}
                management: {port: 0}
                query:
                  jdbc-url: "%s"
                  user: %s
                  password: file:%s
                  rate-limit: 100000
                """.formatted(
                        kafka.clients().get("bootstrap.servers"),
                        kafka.registry().get("schema.registry.url"),
                        postgres.jdbcUrl(),
                        postgres.user(),
                        postgres.passwordFile());
    }

    private void compare(KafkaSettings kafka, EmbeddedPostgres postgres) throws Exception {
        try (var model = model(postgres, postgres.jdbcUrl());
                var fresh = model(postgres, postgres.createDatabase("fresh"))) {
            model.awaitComplete();
            var settings = new QuerySettings(
                    QuerySettings.from(Settings.parse("query: {port: 0}")).listen(), fresh.settings());
            var built = Rebuild.run(settings, kafka, Clock.systemUTC(), step -> {});
            System.out.printf("fresh build: %,d records in %s%n", built.records(), built.elapsed());
            var rows = model.rows();
            assertThat(rows.get("payments")).isNotEmpty();
            assertThat(rows).isEqualTo(fresh.rows());
        }
    }

    private static ReadModel model(EmbeddedPostgres postgres, String url) {
        var password = new Secret("test", new Secret.Value(postgres.password()), Optional.empty());
        var settings = new DatabaseSettings(Optional.of(url), postgres.user(), Optional.of(password), 4);
        return new ReadModel(settings, Database.open(settings));
    }
}
