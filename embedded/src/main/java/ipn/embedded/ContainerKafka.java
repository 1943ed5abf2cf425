package ipn.embedded;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.kafka.KafkaContainer;

/** Kafka in a container, for tests where a Docker engine is reachable. Loaded only if Testcontainers is on the class path. */
final class ContainerKafka implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ContainerKafka.class);
    private static final String IMAGE = "apache/kafka:4.3.1";
    private static final int PULL_MINUTES = 3;

    private final KafkaContainer container;

    private ContainerKafka(KafkaContainer container) {
        this.container = container;
    }

    /** @throws EmbeddedException if an engine is reachable but cannot fetch the image */
    static boolean available() {
        requireImage();
        return DockerClientFactory.instance().isDockerAvailable();
    }

    /**
     * Fetches the image by the docker command, if there is one: where images cannot be fetched, Testcontainers would retry for
     * minutes in every JVM.
     */
    private static void requireImage() {
        if (run("docker", "version")
                && !run("docker", "image", "inspect", IMAGE)
                && !run("docker", "pull", "-q", IMAGE)) {
            throw new EmbeddedException(
                    "%s: cannot be fetched (expected: docker pull %s succeeds)".formatted(IMAGE, IMAGE));
        }
    }

    private static boolean run(String... command) {
        try {
            var process = new ProcessBuilder(command)
                    .redirectOutput(Redirect.DISCARD)
                    .redirectError(Redirect.DISCARD)
                    .start();
            if (process.waitFor(PULL_MINUTES, TimeUnit.MINUTES)) {
                return process.exitValue() == 0;
            }
            process.destroyForcibly();
            return false;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    static ContainerKafka start() {
        var container = new KafkaContainer(IMAGE);
        BrokerSettings.REQUIRED.forEach((setting, value) -> container.withEnv(variable(setting), value));
        container.start();
        LOG.atInfo().addKeyValue("image", IMAGE).log("Started Kafka in a container");
        return new ContainerKafka(container);
    }

    /** The environment variable of a broker setting in this image: {@code KAFKA_} and the name in capitals, dots as underscores. */
    private static String variable(String setting) {
        return "KAFKA_" + setting.toUpperCase(Locale.ROOT).replace('.', '_');
    }

    String bootstrapServers() {
        return container.getBootstrapServers();
    }

    @Override
    public void close() {
        container.stop();
    }
}
