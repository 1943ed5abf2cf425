package ipn.embedded;

import ipn.polling.Polling;
import ipn.topics.TopicCatalogue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/**
 * The Kafka that tests run against, never a fake: in a container if a Docker engine is reachable, else the real broker in a
 * JVM of its own; standard output shows which. One for all tests of a JVM; it stops when the JVM ends.
 *
 * @param bootstrapServers where clients reach it
 */
public record KafkaUnderTest(String bootstrapServers) {
    private static final Duration VISIBLE_TIMEOUT = Duration.ofSeconds(30);
    private static final AtomicInteger PREFIXES = new AtomicInteger();

    /** Initialized at the first use. */
    private static final class Shared {
        private static final KafkaUnderTest KAFKA = start();
    }

    /** The one Kafka of this JVM; the first call starts it. */
    public static KafkaUnderTest shared() {
        return Shared.KAFKA;
    }

    /**
     * Creates every topic of the catalogue under a prefix of its own, so that test classes do not share topics.
     *
     * @param test its class name is part of the prefix
     * @param partitions of every topic
     */
    public TopicCatalogue createTopics(Class<?> test, int partitions) {
        var name = test.getSimpleName().toLowerCase(Locale.ROOT);
        var prefix = "%s-%s-%s."
                .formatted(name, ProcessHandle.current().pid(), Integer.toString(PREFIXES.incrementAndGet()));
        var catalogue = new TopicCatalogue(prefix, partitions, (short) 1);
        var topics = catalogue.specs().stream()
                .map(spec -> new NewTopic(catalogue.name(spec.name()), partitions, (short) 1)
                        .configs(catalogue.configs(spec)))
                .toList();
        try (var admin = Admin.create(Map.<String, Object>of("bootstrap.servers", bootstrapServers))) {
            admin.createTopics(topics).all().get();
            awaitListed(admin, topics.stream().map(NewTopic::name).toList());
            return catalogue;
        } catch (ExecutionException e) {
            throw new EmbeddedException("topics of %s: cannot be created".formatted(prefix), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EmbeddedException("interrupted while creating topics", e);
        }
    }

    /** Waits until the broker lists the topics: the controller creates them, and the broker learns of them a moment later. */
    private static void awaitListed(Admin admin, List<String> names) {
        if (!Polling.upTo(VISIBLE_TIMEOUT)
                .every(Duration.ofMillis(1))
                .until(() -> listed(admin).containsAll(names))) {
            throw new EmbeddedException("topics: created but not listed within %s".formatted(VISIBLE_TIMEOUT));
        }
    }

    private static Set<String> listed(Admin admin) {
        try {
            return admin.listTopics().names().get();
        } catch (ExecutionException e) {
            throw new EmbeddedException("topics: cannot be listed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EmbeddedException("interrupted while listing topics", e);
        }
    }

    private static KafkaUnderTest start() {
        var reason = "no Docker engine is reachable";
        // Whatever is wrong with containers (such as an image that cannot be fetched), the tests can run without.
        try {
            if (dockerAvailable()) {
                var container = ContainerKafka.start();
                Runtime.getRuntime().addShutdownHook(new Thread(container::close, "stop-kafka"));
                return announced("in a container", container.bootstrapServers());
            }
        } catch (RuntimeException e) {
            reason = "Docker is reachable but cannot start Kafka: " + e.getMessage();
        }
        var folder = temporaryFolder();
        var broker = EmbeddedBroker.start(folder, 0, BrokerOptions.defaults());
        Runtime.getRuntime().addShutdownHook(new Thread(() -> dispose(broker, folder), "stop-kafka"));
        return announced("the real broker in a JVM of its own, because " + reason, broker.bootstrapServers());
    }

    private static KafkaUnderTest announced(String how, String servers) {
        System.out.println("Kafka under test: " + how + " (" + servers + ")");
        return new KafkaUnderTest(servers);
    }

    /** Uses Testcontainers only where there can be an engine: without one its search is slow and logs errors. */
    private static boolean dockerAvailable() {
        var mayBe = System.getenv("DOCKER_HOST") != null
                || Files.exists(Path.of("/var/run/docker.sock"))
                || Files.exists(Path.of(System.getProperty("user.home"), ".docker", "run", "docker.sock"));
        return mayBe && onClassPath("org.testcontainers.kafka.KafkaContainer") && ContainerKafka.available();
    }

    private static boolean onClassPath(String type) {
        try {
            Class.forName(type, false, KafkaUnderTest.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    private static Path temporaryFolder() {
        try {
            return Files.createTempDirectory("kafka-under-test");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void dispose(EmbeddedBroker broker, Path folder) {
        broker.killHard();
        try (var all = Files.walk(folder)) {
            all.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            // it is in the folder for temporary files
        }
    }
}
