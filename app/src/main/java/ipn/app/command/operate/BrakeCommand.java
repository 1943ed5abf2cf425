package ipn.app.command.operate;

import ipn.app.ExitCode;
import ipn.app.command.DecisionOptions;
import ipn.app.command.ProgressBar;
import ipn.app.command.Session;
import ipn.app.output.BrakeTable;
import ipn.operations.brake.Brake;
import ipn.operations.brake.BrakeResult;
import ipn.operations.topic.Progress;
import java.time.Clock;
import java.util.function.BiFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Shows what the brake on revocations withholds, and releases or discards it. */
@Command(
        name = "brake",
        description = {
            "Shows the brake on revocations, and releases or discards the revocations that it withholds.",
            "",
            "The brake is a circuit breaker: if too many revocations would be emitted within a short time, it engages and"
                    + " withholds further ones until an operator decides. Users keep their access meanwhile. Its limits are in"
                    + " section brake of the settings. After a decision the brake is no longer engaged; it engages again if further revocations exceed a limit."
        },
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%nExamples:%n",
        footer = {"  ipn brake status", "  ipn brake list", "  ipn brake release --why 'bank confirmed the refunds'"})
public final class BrakeCommand {
    private final Session session;

    public BrakeCommand(Session session) {
        this.session = session;
    }

    @Command(
            name = "status",
            description =
                    "Shows for each partition whether the brake is engaged, and how many revocations it withholds.",
            exitCodeList = {
                "0:the brake is not engaged",
                "1:the brake of at least one partition is engaged, or a failure",
                ExitCode.WRONG_USAGE_HELP
            },
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
            name = "list",
            description =
                    "Lists what is withheld by gateway account, reason and entitlement: how many revocations of how many users, since when, and the oldest as an example. Reads the state of all entitlements.",
            exitCodeList = {"0:done", "1:a failure", ExitCode.WRONG_USAGE_HELP},
            footerHeading = "%nExamples:%n",
            footer = {"  ipn brake list", "  ipn brake list --json"})
    int list() {
        var progress = new ProgressBar(session.terminal());
        var withheld = brake().withheld(progress);
        progress.clear();
        session.show(withheld, () -> BrakeTable.of(withheld));
        return ExitCode.DONE;
    }

    @Command(
            name = "release",
            customSynopsis = "ipn brake release [OPTIONS] --why=TEXT",
            description =
                    "Commands the projector to emit all revocations that are withheld now, oldest first, and waits until it has emitted them. Requires --why.",
            exitCodeList = {
                "0:done",
                "1:the projector has not executed the command for all partitions within 60 s (it still will), or a failure",
                ExitCode.WRONG_USAGE_HELP
            },
            footerHeading = "%nExamples:%n",
            footer = {
                "  ipn brake release --why 'refunds are genuine'",
                "  ipn brake release --by ada --why 'bank confirmed the disputes' --json"
            })
    int release(@Mixin DecisionOptions who) {
        var operator = who.operator(session, "it is stored with the decision");
        return decide((brake, progress) -> brake.release(operator, progress), "released");
    }

    @Command(
            name = "discard",
            customSynopsis = "ipn brake discard [OPTIONS] --why=TEXT",
            description = {
                "Discards all revocations that are withheld now: they will never be emitted. Requires --why.",
                "",
                "Each user keeps the access that the last entitlement event gives, until its end date if it has one."
            },
            exitCodeList = {
                "0:done",
                "1:the projector has not executed the command for all partitions within 60 s (it still will), or a failure",
                ExitCode.WRONG_USAGE_HELP
            },
            footerHeading = "%nExamples:%n",
            footer = {
                "  ipn brake discard --why 'gateway confirmed: refunds sent by mistake'",
                "  ipn brake discard --by ada --why 'bad deploy, rolled back' --json"
            })
    int discard(@Mixin DecisionOptions who) {
        var operator = who.operator(session, "it is stored with the decision");
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
