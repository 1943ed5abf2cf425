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

/** A scripted day of signed notifications on a pipeline of its own. */
public final class Demo {
    private final Terminal terminal;

    public Demo(Terminal terminal) {
        this.terminal = terminal;
    }

    /** Starts everything; the processor with a setting that the story mends. */
    public Stack start(SettingsSource settings, Path data, Announcer announcer) {
        var stack = Stack.start(new StackPlan(settings, data, Set.of(Stage.INGRESS, Stage.PROJECTOR)), announcer);
        try {
            stack.startProcessor(TroubleChapters.beforeMending(stack.settings()));
            return stack;
        } catch (RuntimeException e) {
            stack.close();
            throw e;
        }
    }

    /** What the story left behind. */
    public record Told(boolean asTold, String subject) {}

    /** Tells the story, and ends with the books. */
    public Told tell(Stack stack) {
        var teller = new Teller(terminal);
        try (var watch = Watch.open(stack.config().kafka())) {
            var scene = new Scene(stack, watch, Clock.systemUTC());
            var premium = new PremiumChapters(scene, teller);
            premium.tell();
            new PromotionChapters(scene, teller).tell();
            new OrderChapters(scene, teller).tell();
            new TroubleChapters(scene, teller).tell();
            conservation(stack, teller);
            return new Told(teller.asTold(), premium.subject());
        }
    }

    private void conservation(Stack stack, Teller teller) {
        teller.chapter("Conservation: every raw record has exactly one outcome");
        var config = stack.config();
        var stages = new ConservationCheck.Stages(
                config.processor().applicationId(), config.projector().applicationId());
        var report = new ConservationCheck(config.kafka(), config.kafka().serdes(), stages).run(Progress.SILENT);
        ConservationTable.of(report).lines().forEach(line -> teller.act(line));
        teller.act(ConservationTable.verdict(report, terminal));
        teller.expect("conservation", report.balanced(), true);
    }
}
