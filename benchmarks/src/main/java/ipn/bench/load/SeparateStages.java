package ipn.bench.load;

import ipn.app.IpnConfig;
import ipn.app.SettingsSource;
import ipn.polling.Polling;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** A pipeline on loopback with the built-in settings: broker, registry and each stage in a JVM of its own. */
public final class SeparateStages implements AutoCloseable {
    private static final Duration START_TIMEOUT = Duration.ofMinutes(2);
    private static final int STAGES = 3;

    private final Path data;
    private final Map<String, String> environment;
    private final StageProcess base;
    private final StageProcess processor;
    private final StageProcess projector;
    private final StageProcess ingress;
    private final int port;

    private SeparateStages(Path data, int port) throws IOException, InterruptedException {
        this.data = data;
        this.port = port;
        environment = environment(port);
        base = StageProcess.ipn(
                "base",
                data,
                environment,
                "--data",
                data.resolve("base").toString(),
                "up",
                "--without",
                "ingress,processor,projector");
        try {
            base.awaitOutput("ready");
            processor = stage("processor", 1);
            projector = stage("projector", 2);
            ingress = stage("ingress", 3);
        } catch (IOException | InterruptedException e) {
            base.close();
            throw e;
        }
    }

    /**
     * Starts all processes; waits for broker and registry, but not for the stages.
     *
     * @param data folder for records, state and logs
     * @param port of the ingress; the other ports are derived from it
     */
    public static SeparateStages start(Path data, int port) throws IOException, InterruptedException {
        return new SeparateStages(data, port);
    }

    private static Map<String, String> environment(int port) {
        var all = new HashMap<String, String>();
        // the many refunds of the workload must not engage the brake
        all.put("IPN_BRAKE_MAX", "1000000000");
        all.put("IPN_BRAKE_SHARE", "100");
        all.put("IPN_INGRESS_PORT", Integer.toString(port));
        all.put("IPN_MANAGEMENT_PORT", Integer.toString(port + 100));
        all.put("IPN_EMBEDDED_KAFKA_PORT", Integer.toString(port + 1));
        all.put("IPN_EMBEDDED_REGISTRY_PORT", Integer.toString(port + 2));
        all.put("IPN_EMBEDDED_STAND_IN_PORT", Integer.toString(port + 3));
        all.put(
                "IPN_GATEWAYS_PAYPAL_IPN_MAIN_VERIFY_URL",
                "http://127.0.0.1:%s/cgi-bin/webscr".formatted(Integer.toString(port + 3)));
        all.put("IPN_KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:" + (port + 1));
        all.put("IPN_SCHEMA_REGISTRY_URL", "http://127.0.0.1:" + (port + 2));
        return Map.copyOf(all);
    }

    private StageProcess stage(String name, int number) throws IOException {
        var own = new HashMap<>(environment);
        own.put("IPN_MANAGEMENT_PORT", Integer.toString(port + 100 + number));
        return StageProcess.ipn(
                name,
                data,
                own,
                "--config",
                "built-in",
                "--data",
                data.resolve(name).toString(),
                name);
    }

    /** Waits until each stage is ready. */
    public void awaitReady() throws IOException {
        for (var number = 1; number <= STAGES; number++) {
            var health =
                    URI.create("http://127.0.0.1:%s/health/ready".formatted(Integer.toString(port + 100 + number)));
            if (!Polling.upTo(START_TIMEOUT).every(Duration.ofMillis(100)).until(() -> ready(health))) {
                throw new IOException(
                        "%s: not ready within %s; the logs are in %s".formatted(health, START_TIMEOUT, data));
            }
        }
    }

    private static boolean ready(URI health) {
        try {
            var connection = (HttpURLConnection) health.toURL().openConnection();
            return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
        } catch (IOException e) {
            return false; // not started yet
        }
    }

    /** The URL of the ingress. */
    public URI url() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** The settings of the stages. */
    public SettingsSource source() {
        return SettingsSource.builtIn(environment);
    }

    /** The settings of the stages. */
    public IpnConfig settings() {
        return IpnConfig.from(source().read(), Path.of("data"));
    }

    StageProcess ingress() {
        return ingress;
    }

    StageProcess processor() {
        return processor;
    }

    StageProcess projector() {
        return projector;
    }

    /** The folder in which the broker keeps its log files. */
    public Path brokerRecords() {
        return data.resolve("base").resolve("kafka").resolve("records");
    }

    /** The ids of all processes by name, in the order of the flow. */
    public Map<String, Long> processIds() throws IOException {
        var broker = Files.readAllLines(data.resolve("base").resolve("kafka").resolve("broker.pid"));
        return Map.of(
                "ingress", ingress.pid(),
                "processor", processor.pid(),
                "projector", projector.pid(),
                "broker", Long.parseLong(broker.get(0).strip()),
                "registry", base.pid());
    }

    @Override
    public void close() {
        ingress.close();
        projector.close();
        processor.close();
        base.close();
    }
}
