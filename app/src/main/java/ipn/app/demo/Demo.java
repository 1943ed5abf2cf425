package ipn.app.demo;

import ipn.app.SettingsSource;
import ipn.app.output.ConservationTable;
import ipn.app.output.Terminal;
import ipn.app.stack.Announcer;
import ipn.app.stack.Stack;
import ipn.app.stack.StackPlan;
import ipn.app.stack.Stage;
import ipn.operations.conservation.ConservationCheck;
import ipn.operations.topic.Progress;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Set;

/** Sends a fixed sequence of signed notifications to an embedded pipeline and checks each result. */
public final class Demo {
    private final Terminal terminal;

    public Demo(Terminal terminal) {
        this.terminal = terminal;
    }

    /** Starts the embedded stack; its processor has an outdated receiver, which a later step corrects. */
    public Stack start(SettingsSource settings, Path data, Announcer announcer) {
        var stack = Stack.start(new StackPlan(settings, data, Set.of(Stage.INGRESS, Stage.PROJECTOR)), announcer);
        try {
            stack.startProcessor(FailureSteps.accountsWithOldReceiver(stack.settings()));
            return stack;
        } catch (RuntimeException e) {
            stack.close();
            throw e;
        }
    }

    /**
     * Result of a run.
     *
     * @param asExpected whether every check passed
     * @param subject a subject with an entitlement
     */
    public record Result(boolean asExpected, String subject) {}

    /** Runs all steps, then the conservation check. */
    public Result run(Stack stack) {
        var output = new DemoOutput(terminal);
        output.columns();
        try (var watch = Watch.open(stack.config().kafka())) {
            var client = new DemoClient(stack, watch, Clock.systemUTC());
            var premium = new PremiumSteps(client, output);
            premium.run();
            new PromotionSteps(client, output).run();
            new OrderSteps(client, output).run();
            new FailureSteps(client, output).run();
            conservation(stack, output);
            return new Result(output.asExpected(), premium.subject());
        }
    }

    private void conservation(Stack stack, DemoOutput output) {
        output.heading(
                "Conservation check (./ipn check): every raw record has exactly one outcome, and every unprocessable one exactly one dead letter");
        var config = stack.config();
        var stages = new ConservationCheck.Stages(
                config.processor().configuration().applicationId(),
                config.projector().configuration().applicationId());
        var report = new ConservationCheck(config.kafka(), config.kafka().serdes(), stages).run(Progress.SILENT);
        ConservationTable.of(report).lines().forEach(output::note);
        output.note("unchanged: a new event without a new fact; ignored: an event type without an effect");
        output.note(ConservationTable.summary(report, terminal));
        output.expect("conservation check: balanced", report.balanced(), true);
    }
}
