package ipn.app;

import ipn.settings.Settings;
import ipn.topics.KafkaSettings;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Finds the addresses of Kafka and the schema registry: in the settings; if not set, those of the embedded stack that runs on the
 * data folder; if none runs, the ports of section {@code embedded}. Addresses that contradict these ports are reported as problems
 * of the settings, because a command would otherwise read another Kafka than the embedded one.
 */
final class KafkaAddresses {
    private static final String SERVERS = "bootstrap.servers";
    private static final String URL = "url";

    private final Settings settings;
    private final EmbeddedConfig embedded;

    KafkaAddresses(Settings settings, EmbeddedConfig embedded) {
        this.settings = settings;
        this.embedded = embedded;
    }

    /** For a command or a single stage. */
    KafkaSettings find(Path data) {
        var ports = settings.in("embedded");
        if (ports.has(EmbeddedConfig.KAFKA_PORT)) {
            checkServers("%s:%d, the value of embedded.kafka-port; remove one of the two");
        }
        if (ports.has(EmbeddedConfig.REGISTRY_PORT)) {
            checkRegistry("%s:%d, the value of embedded.registry-port; remove one of the two");
        }
        var running = RunningStack.find(data);
        if (running.isEmpty()) {
            checkReachable("kafka", SERVERS, EmbeddedConfig.KAFKA_PORT, embedded.kafkaPort(), data);
            checkReachable("schema-registry", URL, EmbeddedConfig.REGISTRY_PORT, embedded.registryPort(), data);
        }
        return KafkaSettings.from(
                settings,
                running.map(RunningStack::bootstrapServers).orElse(EmbeddedConfig.HOST + ":" + embedded.kafkaPort()),
                running.map(RunningStack::registryUrl)
                        .orElse("http://%s:%d".formatted(EmbeddedConfig.HOST, embedded.registryPort())));
    }

    /** For a command that starts the embedded stack: the addresses are those of the broker and registry that it starts. */
    KafkaSettings ofStack() {
        checkServers("%s:%d or absent, because this command starts an embedded Kafka");
        checkRegistry("%s:%d or absent, because this command starts an embedded schema registry");
        return KafkaSettings.from(
                settings,
                EmbeddedConfig.HOST + ":" + embedded.kafkaPort(),
                "http://%s:%d".formatted(EmbeddedConfig.HOST, embedded.registryPort()));
    }

    private void checkServers(String expected) {
        check("kafka", SERVERS, embedded.kafkaPort(), "//", expected);
    }

    private void checkRegistry(String expected) {
        check("schema-registry", URL, embedded.registryPort(), "", expected);
    }

    /**
     * Adds a problem if the address is set and is not this port on loopback.
     *
     * @param scheme prefix that makes the address a URL
     * @param expected rule, with placeholders for host and port
     */
    private void check(String section, String key, int port, String scheme, String expected) {
        var address = settings.passThrough(section).get(key);
        if (address != null
                && !Arrays.stream(address.split(",")).allMatch(each -> isLoopback(scheme + each.strip(), port))) {
            var rule = port == 0
                    ? "absent, because the embedded one listens on any free port"
                    : expected.formatted(EmbeddedConfig.HOST, port);
            settings.problems().add(settings.in(section).full(key), KafkaSettings.withoutUserInfo(address), rule);
        }
    }

    private static boolean isLoopback(String url, int port) {
        try {
            var uri = URI.create(url);
            return port != 0
                    && uri.getPort() == port
                    && (EmbeddedConfig.HOST.equals(uri.getHost()) || "localhost".equals(uri.getHost()));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private void checkReachable(String section, String key, String portKey, int port, Path data) {
        if (port == 0 && !settings.passThrough(section).containsKey(key)) {
            settings.problems()
                    .add(
                            settings.in(section).full(key),
                            "missing",
                            "an address, because embedded.%s is 0 and no stack runs on --data %s"
                                    .formatted(portKey, data));
        }
    }
}
