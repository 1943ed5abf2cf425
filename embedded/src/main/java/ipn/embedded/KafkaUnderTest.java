package ipn.embedded;

import ipn.topics.TopicCatalogue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/**
 * The Kafka that tests run against: never a pretended one. In a container where a Docker engine answers, else the real
 * broker in a JVM of its own; standard output says which. One for all tests of a JVM, gone when the JVM ends.
 *
 * @param bootstrapServers where clients reach it
 */
public record KafkaUnderTest(String bootstrapServers) {
    private static final AtomicInteger PREFIXES = new AtomicInteger();

    /** Made when first asked for. */
    private static final class Shared {
        private static final KafkaUnderTest KAFKA = start();
    }

    /** The one Kafka of this JVM; the first call starts it. */
    public static KafkaUnderTest shared() {
        return Shared.KAFKA;
    }

    /**
     * Creates every topic of the catalogue under a prefix of its own, so that test classes do not meet.
     *
     * @param test whose class name the prefix shows
     * @param partitions of every topic
     */
    public TopicCatalogue createTopics(Class<?> test, int partitions) {
        var name = test.getSimpleName().toLowerCase(Locale.ROOT);
        var prefix = "%s-%s-%s."
                .formatted(name, ProcessHandle.current().pid(), Integer.toString(PREFIXES.incrementAndGet()));
        var catalogue = new TopicCatalogue(prefix, partitions, (short) 1);
        var topics = catalogue.specs().stream()
                .map(spec -> new NewTopic(catalogue.name(spec.name()), partitions, (short) 1).configs(spec.configs()))
                .toList();
        try (var admin = Admin.create(Map.<String, Object>of("bootstrap.servers", bootstrapServers))) {
            admin.createTopics(topics).all().get();
            awaitShown(admin, topics.stream().map(NewTopic::name).toList());
            return catalogue;
        } catch (ExecutionException e) {
            throw new EmbeddedException("topics of %s: cannot be created".formatted(prefix), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EmbeddedException("interrupted while creating topics", e);
        }
    }

    /** The controller has made them; the broker that clients ask hears of it a moment later. */
    private static void awaitShown(Admin admin, List<String> names) throws ExecutionException, InterruptedException {
        while (!admin.listTopics().names().get().containsAll(names)) {
            LockSupport.parkNanos(1_000_000);
        }
    }

    private static KafkaUnderTest start() {
        var why = "no Docker engine answers";
        // Whatever is wrong with containers here (no image can be fetched, say), the tests themselves can run.
        try {
            if (dockerAnswers()) {
                var container = ContainerKafka.start();
                Runtime.getRuntime().addShutdownHook(new Thread(container::close, "stop-kafka"));
                return told("in a container", container.bootstrapServers());
            }
        } catch (RuntimeException e) {
            why = "Docker answers but starts no Kafka: " + e.getMessage();
        }
        var folder = temporaryFolder();
        var broker = EmbeddedBroker.start(folder, 0, BrokerOptions.defaults());
        Runtime.getRuntime().addShutdownHook(new Thread(() -> dispose(broker, folder), "stop-kafka"));
        return told("the real broker in a JVM of its own, because " + why, broker.bootstrapServers());
    }

    private static KafkaUnderTest told(String how, String servers) {
        System.out.println("Kafka under test: " + how + " (" + servers + ")");
        return new KafkaUnderTest(servers);
    }

    /** Testcontainers is asked only where an engine may be: its search is slow and loud where there is none. */
    private static boolean dockerAnswers() {
        var mayBe = System.getenv("DOCKER_HOST") != null
                || Files.exists(Path.of("/var/run/docker.sock"))
                || Files.exists(Path.of(System.getProperty("user.home"), ".docker", "run", "docker.sock"));
        return mayBe && onClassPath("org.testcontainers.kafka.KafkaContainer") && ContainerKafka.possible();
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
            // it lies in the folder for temporary files
        }
    }
}
