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

/** Shows what the brake on revocations withholds, and releases or discards it. */
@Command(
        name = "brake",
        description = "Shows the brake on revocations, and releases or discards the withheld revocations.",
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%nExamples:%n",
        footer = {"  ipn brake status", "  ipn brake release --reason 'bank confirmed the refunds'"})
public final class BrakeCommand {
    private final Session session;

    public BrakeCommand(Session session) {
        this.session = session;
    }

    /** The name of the operator and the reason, stored with the decision in every partition. */
    static final class DecisionMaker {
        @Mixin
        private OperatorOption by = new OperatorOption();

        @Option(names = "--reason", paramLabel = "TEXT", description = "Reason, stored with the decision.")
        @Nullable
        private String reason;

        Operator operator() {
            if (reason == null || reason.isBlank()) {
                throw UserException.usage(
                        "--reason: missing (expected: a reason, because it is stored with the decision)");
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
            description =
                    "Shows the status of the brake in each partition. The exit code is 1 if it is engaged in any.",
            footerHeading = "%nExamples:%n",
            footer = {"  ipn brake status", "  ipn brake status --json"})
    int status() {
        var report = brake().status();
        session.show(report, () -> BrakeTable.of(report));
        if (!session.json()) {
            BrakeTable.remarks(report).forEach(session.terminal()::print);
        }
        return report.engaged() ? ExitCode.FOUND_PROBLEMS : ExitCode.DONE;
    }

    @Command(
            name = "release",
            description =
                    "Releases all revocations that are withheld now, oldest first, and waits until they are emitted.",
            footerHeading = "%nExamples:%n",
            footer = {
                "  ipn brake release --reason 'refunds are genuine'",
                "  ipn brake release --by ada --reason 'flags confirmed by the bank' --json"
            })
    int release(@Mixin DecisionMaker who) {
        var operator = who.operator();
        return decide((brake, progress) -> brake.release(operator, progress), "released");
    }

    @Command(
            name = "discard",
            description =
                    "Discards all revocations that are withheld now: users keep access until the end that was last emitted.",
            footerHeading = "%nExamples:%n",
            footer = {
                "  ipn brake discard --reason 'gateway confirmed: refunds sent by mistake'",
                "  ipn brake discard --by ada --reason 'bad deploy, rolled back' --json"
            })
    int discard(@Mixin DecisionMaker who) {
        var operator = who.operator();
        return decide((brake, progress) -> brake.discard(operator, progress), "discarded");
    }

    private int decide(BiFunction<Brake, Progress, BrakeResult> decision, String done) {
        var terminal = session.terminal();
        var brake = brake();
        var report = brake.status();
        if (report.idle()) {
            session.show(report, () -> BrakeTable.of(report));
            terminal.printErr("no revocation is withheld: nothing was written");
            return ExitCode.DONE;
        }
        var progress = new ProgressBar(terminal);
        var result = decision.apply(brake, progress);
        progress.clear();
        if (session.json()) {
            session.print(result);
        } else {
            terminal.print("%d revocation(s) %s".formatted(result.done(), done));
        }
        if (!result.complete()) {
            terminal.printErr(
                    "%d partition(s) have not executed the command (expected: a running projector; it executes the command when it starts)"
                            .formatted(result.waiting()));
        }
        return result.complete() ? ExitCode.DONE : ExitCode.FOUND_PROBLEMS;
    }

    private Brake brake() {
        var kafka = session.kafka();
        return new Brake(kafka, kafka.serdes(), Clock.systemUTC());
    }
}
