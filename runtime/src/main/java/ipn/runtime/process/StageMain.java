package ipn.runtime.process;

import io.micrometer.core.instrument.MeterRegistry;
import ipn.runtime.management.ManagementConfig;
import ipn.runtime.metrics.StageMeters;
import ipn.runtime.process.StageProcess.Started;
import ipn.settings.Settings;
import ipn.settings.SettingsException;
import ipn.topics.KafkaSettings;
import java.io.PrintStream;
import java.net.BindException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The program of a container that has one stage and the jars of that stage only. It reads the settings file that {@code IPN_CONFIG}
 * names, which all stages share, and of it the sections of this stage.
 *
 * @param name of the stage
 * @param sections those that the stage reads, besides the sections of Kafka and of the management port
 * @param reader reads these sections
 */
public record StageMain(String name, Set<String> sections, Reader reader) {
    /** Sections that only some stages or commands read. */
    private static final Set<String> OWNED_SECTIONS = Set.of(
            "gateways",
            "references",
            "seal",
            "products",
            "policy",
            "brake",
            "notifications",
            "reconcile",
            "traces",
            "ingress",
            "processor",
            "projector",
            "access",
            "query",
            "embedded");

    private static final String KAFKA = "127.0.0.1:9092";
    private static final String REGISTRY = "http://127.0.0.1:8081";
    private static final int STOPPED = 1;
    private static final int WRONG_USAGE = 2;

    /** Reads the sections of a stage; what is wrong goes to the problems of the settings. */
    @FunctionalInterface
    public interface Reader {
        /**
         * Reads them.
         *
         * @param data folder in which the stage keeps its state, unless the settings name another
         * @return starts the stage with what was read
         */
        Function<MeterRegistry, Started> read(Settings settings, KafkaSettings kafka, Path data);
    }

    /**
     * What was read.
     *
     * @param start starts the stage
     */
    public record Plan(ManagementConfig management, KafkaSettings kafka, Function<MeterRegistry, Started> start) {}

    /** Runs the stage until the JVM ends; exits with a message on standard error if it cannot, or if the stage stops by itself. */
    public void run(String[] arguments) {
        System.exit(run(List.of(arguments), System.getenv(), System.err));
    }

    private int run(List<String> arguments, Map<String, String> environment, PrintStream err) {
        try {
            var problem = usage(arguments, environment);
            if (problem != null) {
                return print(err, problem, WRONG_USAGE);
            }
            if (System.getProperty("logback.configurationFile") == null) {
                System.setProperty("logback.configurationFile", "logback-stage.xml");
            }
            var file = Path.of(environment.getOrDefault("IPN_CONFIG", ""));
            var plan = plan(Settings.load(file, environment), Path.of(environment.getOrDefault("IPN_DATA", "data")));
            var meters = StageMeters.create().registry();
            var reason = new StageProcess(name, message -> print(err, message, STOPPED))
                    .run(
                            plan.management(),
                            plan.kafka(),
                            meters,
                            () -> plan.start().apply(meters));
            return print(err, reason + " (expected: it runs until SIGTERM)", STOPPED);
        } catch (SettingsException e) {
            return print(err, String.valueOf(e.getMessage()), WRONG_USAGE);
        } catch (Throwable e) {
            return print(err, message(e), STOPPED);
        }
    }

    /**
     * Reads and verifies the shared sections and those of the stage. The other sections are not read: the image that runs the stage
     * does not contain what verifies them.
     *
     * @throws SettingsException with every problem, unknown sections included
     */
    public Plan plan(Settings settings, Path data) {
        var kafka = KafkaSettings.from(settings, KAFKA, REGISTRY);
        var management = ManagementConfig.from(settings);
        var start = reader.read(settings, kafka, data);
        for (var other : OWNED_SECTIONS) {
            if (!sections.contains(other)) {
                settings.ignore(other);
            }
        }
        settings.verify();
        return new Plan(management, kafka, start);
    }

    private @Nullable String usage(List<String> arguments, Map<String, String> environment) {
        var others = new ArrayList<>(arguments);
        others.remove(name);
        if (!others.isEmpty()) {
            return "%s: not part of this image (expected: %s; the image of the command line has the other commands)"
                    .formatted(String.join(" ", others), name);
        }
        return environment.getOrDefault("IPN_CONFIG", "").isBlank()
                ? "IPN_CONFIG: not set (expected: the path of a settings file, see ipn.example.yaml)"
                : null;
    }

    private static String message(Throwable e) {
        for (Throwable each = e; each != null; each = each.getCause()) {
            if (each instanceof BindException) {
                return "port: already in use (expected: a free port; set IPN_INGRESS_PORT, IPN_ACCESS_PORT, IPN_QUERY_PORT or IPN_MANAGEMENT_PORT)";
            }
        }
        return "unexpected error: " + e;
    }

    private static int print(PrintStream err, String message, int exitCode) {
        err.println("ipn: " + message);
        err.flush();
        return exitCode;
    }
}
