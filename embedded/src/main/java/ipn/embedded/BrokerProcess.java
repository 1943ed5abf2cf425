package ipn.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import kafka.server.KafkaConfig;
import org.apache.kafka.metadata.storage.Formatter;

/**
 * Main class of the broker's JVM. Runs Kafka's own controller and broker, and stops when the process that started it ends. Arguments: file
 * of the broker's settings, cluster id.
 */
public final class BrokerProcess {
    private static final long STOP_MILLIS_MAX = 20_000;

    private BrokerProcess() {}

    public static void main(String[] args) {
        try {
            ignoreInterrupts();
            run(settings(Path.of(args[0])), args[1]);
        } catch (Throwable e) {
            e.printStackTrace();
            Runtime.getRuntime().halt(1);
        }
    }

    private static void run(Properties settings, String clusterId) throws Exception {
        format(settings, clusterId);
        var node = new KafkaNode(KafkaConfig.fromProps(settings, false));
        Runtime.getRuntime().addShutdownHook(new Thread(node::stop, "stop"));
        daemon("owner", BrokerProcess::endWithOwner);
        node.start();
        node.awaitStop();
    }

    /** Formats an empty folder; leaves a formatted one unchanged. */
    private static void format(Properties settings, String clusterId) throws Exception {
        new Formatter()
                .setNodeId(Integer.parseInt(settings.getProperty("node.id")))
                .setClusterId(clusterId)
                .setControllerListenerName(settings.getProperty("controller.listener.names"))
                .addDirectory(settings.getProperty("log.dirs"))
                .setMetadataLogDirectory(settings.getProperty("log.dirs"))
                .setIgnoreFormatted(true)
                .run();
    }

    private static void endWithOwner() {
        Owner.awaitEnd();
        daemon("stop-limit", () -> {
            try {
                Thread.sleep(STOP_MILLIS_MAX);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            Runtime.getRuntime().halt(1);
        });
        System.exit(0);
    }

    /**
     * Ignores Ctrl-C, which a terminal sends to all its processes: the stages need the broker while they stop, and the parent
     * stops it afterwards. By reflection, because {@code sun.misc.Signal} exists on every JVM but is no public API.
     */
    private static void ignoreInterrupts() throws ReflectiveOperationException {
        var signal = Class.forName("sun.misc.Signal");
        var handler = Class.forName("sun.misc.SignalHandler");
        var ignore = handler.getField("SIG_IGN").get(null);
        for (var name : new String[] {"INT", "HUP"}) {
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance(name), ignore);
        }
    }

    private static Properties settings(Path file) throws IOException {
        var properties = new Properties();
        try (var reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            properties.load(reader);
        }
        return properties;
    }

    private static void daemon(String name, Runnable work) {
        var thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }
}
