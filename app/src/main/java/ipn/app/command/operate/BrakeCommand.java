package ipn.app.command.operate;

import ipn.app.ExitCode;
import ipn.app.UserException;
import ipn.app.command.OperatorOption;
import ipn.app.command.ProgressBar;
import ipn.app.command.Session;
import ipn.app.output.BrakeTable;
import ipn.operations.Operator;
import ipn.operations.brake.Brake;
import ipn.operations.brake.BrakeResult;
import ipn.operations.topic.Progress;
import java.time.Clock;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The brake on mass revocation: see what it withholds, then let it be told or drop it. */
@Command(
        name = "brake",
        description = "Shows which revocations are withheld, releases or discards them.",
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%nExamples:%n",
        footer = {"  ipn brake status", "  ipn brake release --reason 'refunds are genuine: order of the bank'"})
public final class BrakeCommand {
    private final Session session;

    public BrakeCommand(Session session) {
        this.session = session;
    }

    /** Who decides, and why: kept with the decision, in every partition. */
    static final class Decider {
        @Mixin
        private OperatorOption by = new OperatorOption();

        @Option(names = "--reason", paramLabel = "TEXT", description = "Why; kept with the decision.")
        @Nullable
        private String reason;

        Operator operator() {
            if (reason == null || reason.isBlank()) {
                throw UserException.usage("--reason: missing (expected: why, since it is kept with the decision)");
            }
            try {
                return new Operator(by.name(), Optional.of(reason));
            } catch (IllegalArgumentException e) {
                throw UserException.usage("--" + String.valueOf(e.getMessage()).replaceFirst("^why", "reason"));
            }
        }
    }

    @Command(
            name = "status",
            description = "Shows how the brake stands in each partition. Exit code 1 where it is engaged.",
            footerHeading = "%nExamples:%n",
            footer = {"  ipn brake status", "  ipn brake status --json"})
    int status() {
        var report = brake().status();
        session.show(report, () -> BrakeTable.of(report));
        if (!session.json()) {
            BrakeTable.remarks(report).forEach(session.terminal()::say);
        }
        return report.engaged() ? ExitCode.FOUND_PROBLEMS : ExitCode.DONE;
    }

    @Command(
            name = "release",
            description = "Releases everything that is withheld now, in order, and waits until it is emitted.",
            footerHeading = "%nExamples:%n",
            footer = {
                "  ipn brake release --reason 'refunds are genuine'",
                "  ipn brake release --by ada --reason 'flags confirmed by the bank' --json"
            })
    int release(@Mixin Decider who) {
        var operator = who.operator();
        return decide((brake, progress) -> brake.release(operator, progress), "released");
    }

    @Command(
            name = "discard",
            description = "Discards everything that is withheld: the last event emitted holds to its end.",
            footerHeading = "%nExamples:%n",
            footer = {
                "  ipn brake discard --reason 'gateway confirmed: refunds sent by mistake'",
                "  ipn brake discard --by ada --reason 'bad deploy, rolled back' --json"
            })
    int discard(@Mixin Decider who) {
        var operator = who.operator();
        return decide((brake, progress) -> brake.discard(operator, progress), "dropped");
    }

    private int decide(BiFunction<Brake, Progress, BrakeResult> decision, String done) {
        var terminal = session.terminal();
        var brake = brake();
        var report = brake.status();
        if (report.idle()) {
            session.show(report, () -> BrakeTable.of(report));
            terminal.complain("nothing is withheld, so there is nothing to decide");
            return ExitCode.DONE;
        }
        var progress = new ProgressBar(terminal);
        var result = decision.apply(brake, progress);
        progress.clear();
        if (session.json()) {
            session.print(result);
        } else {
            terminal.say("%d revocation(s) %s".formatted(result.done(), done));
        }
        if (!result.complete()) {
            terminal.complain(
                    "%d partition(s) have not carried it out (expected: a running projector; they will, once it runs)"
                            .formatted(result.waiting()));
        }
        return result.complete() ? ExitCode.DONE : ExitCode.FOUND_PROBLEMS;
    }

    private Brake brake() {
        var kafka = session.kafka();
        return new Brake(kafka, kafka.serdes(), Clock.systemUTC());
    }
}
