package ipn.bench.projector;

import ipn.app.SettingsSource;
import ipn.app.stack.Announcer;
import ipn.app.stack.Stack;
import ipn.app.stack.StackPlan;
import ipn.app.stack.Stage;
import ipn.bench.measure.DataFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.util.EnumSet;
import java.util.Map;

/** A projector on an embedded Kafka for one run, with the built-in settings, on free ports. Its data is deleted afterwards. */
final class EmbeddedProjector {
    private static final Map<String, String> FREE_PORTS = Map.of(
            "IPN_MANAGEMENT_PORT", "0",
            "IPN_EMBEDDED_KAFKA_PORT", "0",
            "IPN_EMBEDDED_REGISTRY_PORT", "0",
            "IPN_EMBEDDED_STAND_IN_PORT", "0");

    private EmbeddedProjector() {}

    /** A measurement that uses the running projector. */
    @FunctionalInterface
    interface Measurement {
        void run(Stack stack) throws IOException, InterruptedException;
    }

    /** Starts the projector, runs the measurement, and stops the projector. */
    static void run(String name, Measurement measurement) throws IOException, InterruptedException {
        var folder = Files.createTempDirectory("ipn-" + name);
        try (var stack = Stack.start(
                new StackPlan(SettingsSource.builtIn(FREE_PORTS), folder, EnumSet.of(Stage.PROJECTOR)),
                Announcer.SILENT)) {
            measurement.run(stack);
        } finally {
            DataFolder.delete(folder);
        }
    }
}
