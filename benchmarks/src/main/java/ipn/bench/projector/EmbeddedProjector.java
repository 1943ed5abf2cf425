package ipn.bench.projector;

import ipn.app.SettingsSource;
import ipn.app.stack.Announcer;
import ipn.app.stack.Stack;
import ipn.app.stack.StackPlan;
import ipn.app.stack.Stage;
import ipn.bench.eventloop.StallsCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.util.EnumSet;
import java.util.Map;

/** A projector on an embedded Kafka, for one run: with the built-in settings, on free ports, its data thrown away. */
final class EmbeddedProjector {
    private static final Map<String, String> FREE_PORTS = Map.of(
            "IPN_MANAGEMENT_PORT", "0",
            "IPN_EMBEDDED_KAFKA_PORT", "0",
            "IPN_EMBEDDED_REGISTRY_PORT", "0",
            "IPN_EMBEDDED_STAND_IN_PORT", "0");

    private EmbeddedProjector() {}

    /** What is done with it. */
    @FunctionalInterface
    interface Run {
        void with(Stack stack) throws IOException, InterruptedException;
    }

    static void run(String name, Run run) throws IOException, InterruptedException {
        var folder = Files.createTempDirectory("ipn-" + name);
        try (var stack = Stack.start(
                new StackPlan(SettingsSource.builtIn(FREE_PORTS), folder, EnumSet.of(Stage.PROJECTOR)),
                Announcer.SILENT)) {
            run.with(stack);
        } finally {
            StallsCommand.delete(folder);
        }
    }
}
