package ipn.embedded;

import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.kafka.KafkaContainer;

/** Kafka in a container, for tests where a Docker engine answers. Loaded only where Testcontainers is on the class path. */
final class ContainerKafka implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ContainerKafka.class);
    private static final String IMAGE = "apache/kafka:4.3.1";

    private final KafkaContainer container;

    private ContainerKafka(KafkaContainer container) {
        this.container = container;
    }

    static boolean possible() {
        return DockerClientFactory.instance().isDockerAvailable();
    }

    static ContainerKafka start() {
        var container = new KafkaContainer(IMAGE);
        BrokerSettings.NEEDED.forEach((setting, value) -> container.withEnv(variable(setting), value));
        container.start();
        LOG.info("started container of {}", IMAGE);
        return new ContainerKafka(container);
    }

    /** As the image wants settings: {@code KAFKA_} and the name in capitals, dots as underscores. */
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
