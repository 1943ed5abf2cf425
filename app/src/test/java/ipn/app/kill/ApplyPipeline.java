package ipn.app.kill;

import static org.assertj.core.api.Assertions.assertThat;

import ipn.app.FreePorts;
import ipn.app.IpnConfig;
import ipn.app.SettingsSource;
import ipn.app.stack.Announcer;
import ipn.app.stack.Stack;
import ipn.app.stack.StackPlan;
import ipn.app.stack.Stage;
import ipn.operations.brake.Brake;
import ipn.operations.policy.AppliedProgress;
import ipn.operations.policy.PolicyApplication;
import ipn.polling.Polling;
import ipn.topics.TopicCatalogue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A broker, and processor and projector in JVMs of their own. The settings are first {@link PlannedPurchases#OLD}. */
final class ApplyPipeline implements AutoCloseable {
    private static final String PROCESSOR_ID = "ipn-processor";
    private static final String PROJECTOR_ID = "ipn-projector";
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    /** Users are notified when nothing has changed for so long. */
    private static final Duration NOTIFIED = Duration.ofSeconds(1);
    /** The limits of the ingress fit into the heap of the command, which reads the whole file. */
    private static final String ACCOUNTS = """
            ingress: {in-flight-bytes-max: 2097152, connections-max: 100}
            gateways:
              stripe: {main: {mode: test, secrets: ["test:whsec_TEST_ONLY_protects_nothing_at_all"]}}
              standard-webhooks: {main: {mode: test, secrets: ["test:whsec_dGVzdCBvbmx5OiBwcm90ZWN0cyBub3RoaW5nIGF0IGFsbA=="]}}
              razorpay: {main: {mode: test, secrets: ["test:TEST_ONLY_razorpay_protects_nothing"]}}
            """;

    private final Path folder;
    private final Path newSettings;
    private final SettingsSource settings;
    private final Stack stack;
    private final Topics topics;
    private final Map<String, String> environment;
    private final StageProcess processor;
    private final StageProcess projector;

    /**
     * Starts all of it.
     *
     * @param revocations that the brake lets pass with the new settings; with the old ones it lets all pass
     */
    ApplyPipeline(Path folder, int partitions, int revocations) throws IOException {
        this.folder = folder;
        var oldSettings = write("old.yaml", PlannedPurchases.OLD + "brake: {max: 1000000000, share: 100}\n");
        newSettings = write(
                "new.yaml",
                PlannedPurchases.NEW + "brake: {max: %d, share: 100, window: PT1H}\n".formatted(revocations));
        var number = Integer.toString(partitions);
        settings =
                new SettingsSource(Optional.of(oldSettings), FreePorts.with(Map.of("IPN_TOPICS_PARTITIONS", number)));
        stack = Stack.start(new StackPlan(settings, folder, EnumSet.noneOf(Stage.class)), Announcer.SILENT);
        var kafka = stack.config().kafka();
        topics = new Topics(kafka);
        environment = Map.of(
                "IPN_MANAGEMENT_PORT", "0",
                "IPN_TOPICS_PARTITIONS", number,
                "IPN_NOTIFICATIONS_SETTLE", NOTIFIED.toString(),
                "IPN_KAFKA_BOOTSTRAP_SERVERS", kafka.clients().get("bootstrap.servers"),
                "IPN_SCHEMA_REGISTRY_URL", kafka.registry().get("schema.registry.url"));
        processor = new StageProcess("processor", folder, environment, oldSettings.toString(), List.of("-Xmx256m"));
        projector = new StageProcess("projector", folder, environment, oldSettings.toString(), List.of("-Xmx512m"));
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), ACCOUNTS + text);
    }

    SettingsSource settings() {
        return settings;
    }

    IpnConfig config() {
        return stack.config();
    }

    Topics topics() {
        return topics;
    }

    StageProcess projector() {
        return projector;
    }

    void restartWithNewSettings() throws InterruptedException {
        projector.restart(newSettings.toString());
    }

    /** Starts a command with the new settings. */
    CommandProcess start(int heapMib, String... arguments) {
        var all = Stream.concat(Stream.of("--config", newSettings.toString()), Stream.of(arguments));
        return CommandProcess.start(folder, heapMib, environment, all.toList());
    }

    /** Runs {@code ipn policy diff} for the new settings. */
    CommandProcess.Result diff(int heapMib, Path csv) throws IOException, InterruptedException {
        return start(heapMib, "policy", "diff", newSettings.toString(), "--csv", csv.toString())
                .await();
    }

    /** Waits until both stages have read everything, also what they write themselves. */
    void awaitAllRead() {
        var read = Polling.upTo(PATIENCE)
                .every(Duration.ofMillis(200))
                .until(
                        () -> topics.allRead(PROCESSOR_ID) && topics.allRead(PROJECTOR_ID),
                        () -> topics.position(PROCESSOR_ID) + topics.position(PROJECTOR_ID));
        assertThat(read)
                .as("both stages have read everything; %s", projector.log())
                .isTrue();
    }

    /** What is emitted when no user has been notified for a while. */
    Emitted emitted() {
        var unused = Polling.upTo(NOTIFIED.multipliedBy(4))
                .every(Duration.ofMillis(200))
                .until(() -> false, () -> topics.end(TopicCatalogue.NOTIFICATIONS));
        return Emitted.read(topics);
    }

    AppliedProgress progress() {
        var kafka = config().kafka();
        return new PolicyApplication(kafka, kafka.serdes(), PROJECTOR_ID, Clock.systemUTC()).progress();
    }

    /** True when so many payments and orders were matched again; waits for it. */
    boolean awaitExamined(long count) {
        return Polling.upTo(PATIENCE)
                .every(Duration.ofMillis(20))
                .until(() -> progress().examined() >= count, () -> progress().examined());
    }

    Brake brake() {
        var kafka = config().kafka();
        return new Brake(kafka, kafka.serdes(), Clock.systemUTC());
    }

    @Override
    public void close() throws InterruptedException {
        processor.close();
        projector.close();
        topics.close();
        stack.close();
    }
}
