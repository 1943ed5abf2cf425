package ipn.app.command.operate;

import ipn.app.ExitCode;
import ipn.app.UserException;
import ipn.app.command.ProgressBar;
import ipn.app.command.Session;
import ipn.app.output.Table;
import ipn.operations.deadletter.DeadLetter;
import ipn.operations.deadletter.DeadLetterFilter;
import ipn.operations.deadletter.DeadLetters;
import ipn.operations.deadletter.Redrive;
import ipn.operations.deadletter.RedriveResult;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Dead letters: see what failed and whom it hurts, mend the cause, replay. */
@Command(
        name = "dlq",
        description = "Looks into dead letters, replays or discards them.",
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%nExamples:%n",
        footer = {
            "  ipn dlq list",
            "  ipn dlq show ID",
            "  ipn dlq replay --reason WRONG_RECEIVER --why 'receiver added to the settings'"
        })
public final class DlqCommand {
    private static final int EXAMPLES_SHOWN = 5;

    private final Session session;

    public DlqCommand(Session session) {
        this.session = session;
    }

    @Command(
            name = "list",
            description = "Lists dead letters that are open, the newest failure first.",
            footerHeading = "%nExamples:%n",
            footer = {
                "  ipn dlq list",
                "  ipn dlq list --reason MALFORMED --account stripe/main",
                "  ipn dlq list --all --limit 500 --json"
            })
    int list(
            @Mixin DeadLetterOptions which,
            @Option(names = "--all", description = "Also those replayed or discarded.") boolean all,
            @Option(
                            names = "--limit",
                            paramLabel = "N",
                            defaultValue = "50",
                            description = "At most so many. Default: 50.")
                    int limit) {
        var kafka = session.kafka();
        var page = new DeadLetters(kafka, kafka.serdes())
                .list(which.filter(all ? DeadLetterFilter.ALL : DeadLetterFilter.OPEN), limit);
        session.show(page, () -> table(page.letters()));
        if (page.letters().isEmpty()) {
            session.terminal().complain("no dead letters");
        } else if (page.more()) {
            session.terminal().complain("there are more (--limit)");
        }
        return ExitCode.DONE;
    }

    @Command(
            name = "show",
            description =
                    "Shows one dead letter: why, since when, whom it hurts. Its body is payment data: only with --body.",
            footerHeading = "%nExamples:%n",
            footer = {"  ipn dlq show ID", "  ipn dlq show ID --body", "  ipn dlq show ID --json"})
    int show(
            @Parameters(paramLabel = "ID", description = "From 'ipn dlq list'.") String id,
            @Option(names = "--body", description = "Print the body too.") boolean body) {
        var kafka = session.kafka();
        var found = new DeadLetters(kafka, kafka.serdes())
                .show(id)
                .orElseThrow(() ->
                        UserException.problem(id + ": no such dead letter (expected: an id of 'ipn dlq list --all')"));
        session.show(DeadLetterView.of(found, body), () -> DeadLetterView.table(found));
        if (body && !session.json()) {
            session.terminal().say("");
            session.terminal().say(DeadLetterView.body(found));
        }
        return ExitCode.DONE;
    }

    @Command(
            name = "replay",
            description =
                    "Puts dead letters back where they failed: by id, by reason or account, or all that are open.",
            footerHeading = "%nExamples:%n",
            footer = {
                "  ipn dlq replay ID",
                "  ipn dlq replay --reason WRONG_RECEIVER --dry-run",
                "  ipn dlq replay --all --why 'translator fixed'"
            })
    int replay(
            @Mixin DeadLetterOptions which,
            @Mixin DecisionOptions who,
            @Parameters(paramLabel = "ID", arity = "0..*", description = "Only these.") List<String> ids,
            @Option(names = "--all", description = "Every open one.") boolean all,
            @Option(names = "--dry-run", description = "Say what would be replayed; write nothing.") boolean dryRun) {
        var chosen = ids == null ? List.<String>of() : ids;
        if (chosen.isEmpty() && which.empty() && !all) {
            throw UserException.usage(
                    "dlq replay: nothing chosen (expected: an ID, --reason, --account, --since or --all)");
        }
        var kafka = session.kafka();
        var redrive = new Redrive(kafka, kafka.serdes(), Clock.systemUTC());
        var filter = which.filter(DeadLetterFilter.OPEN).withIds(Set.copyOf(chosen));
        var progress = new ProgressBar(session.terminal());
        var result =
                dryRun ? redrive.preview(filter, who.operator()) : redrive.replay(filter, who.operator(), progress);
        progress.clear();
        return report(result, result.dryRun() ? "would be replayed" : "replayed");
    }

    @Command(
            name = "discard",
            description = "Gives dead letters up for good. Their events are lost, so it takes a reason.",
            footerHeading = "%nExamples:%n",
            footer = {
                "  ipn dlq discard ID --why 'test noise'",
                "  ipn dlq discard ID1 ID2 --by ada --why 'refunded by hand'"
            })
    int discard(
            @Mixin DecisionOptions who,
            @Parameters(paramLabel = "ID", arity = "1..*", description = "From 'ipn dlq list'.") List<String> ids) {
        var operator = who.operator();
        if (operator.why().isEmpty()) {
            throw UserException.usage("--why: missing (expected: a reason, since a discard loses the event)");
        }
        var kafka = session.kafka();
        var result = new Redrive(kafka, kafka.serdes(), Clock.systemUTC()).discard(Set.copyOf(ids), operator);
        return report(result, "discarded");
    }

    private int report(RedriveResult result, String done) {
        if (session.json()) {
            session.print(result);
        } else {
            var terminal = session.terminal();
            terminal.say("%d dead letter(s) %s".formatted(result.done(), done));
            result.examples().stream().limit(EXAMPLES_SHOWN).forEach(id -> terminal.say("  " + id));
            result.refused().forEach(refused -> terminal.say("not done: " + refused.id() + ": " + refused.why()));
            result.stopped().ifPresent(why -> terminal.complain("stopped: " + why));
        }
        return result.complete() ? ExitCode.DONE : ExitCode.FOUND_PROBLEMS;
    }

    private static Table table(List<DeadLetter> letters) {
        var table = new Table("id", "reason", "class", "account", "payment", "attempts", "last failed", "status");
        letters.forEach(letter -> table.row(
                letter.id(),
                letter.reason(),
                letter.failureClass(),
                letter.account(),
                letter.paymentKey(),
                Integer.toString(letter.attempts()),
                Optional.ofNullable(letter.lastFailedAt()).map(Object::toString).orElse(""),
                letter.status().name()));
        return table;
    }
}
