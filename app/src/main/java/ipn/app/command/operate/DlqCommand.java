package ipn.app.command.operate;

import ipn.app.ExitCode;
import ipn.app.UserException;
import ipn.app.command.DecisionOptions;
import ipn.app.command.OperatorOption;
import ipn.app.command.ProgressBar;
import ipn.app.command.Session;
import ipn.operations.deadletter.DeadLetter;
import ipn.operations.deadletter.DeadLetterContent;
import ipn.operations.deadletter.DeadLetterFilter;
import ipn.operations.deadletter.DeadLetters;
import ipn.operations.deadletter.Redrive;
import ipn.operations.deadletter.RedriveResult;
import ipn.operations.deadletter.ReplayReport;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows dead letters, and replays or discards them. */
@Command(
        name = "dlq",
        description = "Shows dead letters (records that could not be processed), and replays or discards them.",
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%nExamples:%n",
        footer = {
            "  ipn dlq list",
            "  ipn dlq show ID",
            "  ipn dlq replay --reason WRONG_RECEIVER --why 'receiver added to the settings'"
        })
public final class DlqCommand {
    private final Session session;

    public DlqCommand(Session session) {
        this.session = session;
    }

    @Command(
            name = "list",
            description = {
                "Lists open dead letters, newest failure first. A dead letter is open until it is replayed or discarded, and is open again if it fails after a replay.",
                "",
                "A dead letter is listed if it matches all of --account, --reason and --since that are given.",
                "",
                "User, order and amount are what the gateway's translation reads with these settings; they are blank where it cannot, such as of a body that is malformed."
            },
            exitCodeList = {"0:done, even if there are no dead letters", "1:a failure", ExitCode.WRONG_USAGE_HELP},
            footerHeading = "%nExamples:%n",
            footer = {
                "  ipn dlq list",
                "  ipn dlq list --reason MALFORMED --account stripe/main",
                "  ipn dlq list --all --limit 500 --json"
            })
    int list(
            @Mixin DeadLetterOptions which,
            @Option(names = "--all", description = "List replayed and discarded dead letters as well.") boolean all,
            @Option(
                            names = "--limit",
                            paramLabel = "N",
                            defaultValue = "50",
                            description = "List at most N dead letters. Default: 50.")
                    int limit) {
        var kafka = session.kafka();
        var page = new DeadLetters(kafka, kafka.serdes())
                .list(which.filter(all ? DeadLetterFilter.ALL : DeadLetterFilter.OPEN), limit);
        var contents = DeadLetterContents.read(
                session, page.letters().stream().map(DeadLetter::id).toList());
        session.show(new Listed(page.letters(), page.more(), contents.byId()), () -> contents.table(page.letters()));
        if (page.letters().isEmpty()) {
            session.terminal().printErr(all ? "no dead letters" : "no open dead letters");
        } else if (page.more()) {
            session.terminal().printErr("more dead letters exist (raise --limit to list them)");
        }
        return ExitCode.DONE;
    }

    @Command(
            name = "show",
            description =
                    "Shows one dead letter: its status, the key of its payment, and the HTTP headers of the notification. The body is printed with --body only, because it is payment data.",
            exitCodeList = {ExitCode.DONE_HELP, "1:no such dead letter, or a failure", ExitCode.WRONG_USAGE_HELP},
            footerHeading = "%nExamples:%n",
            footer = {"  ipn dlq show ID", "  ipn dlq show ID --body", "  ipn dlq show ID --json"})
    int show(
            @Parameters(paramLabel = "ID", description = "Id of a dead letter, see 'ipn dlq list'.") String id,
            @Option(names = "--body", description = "Print the body (payment data) as well.") boolean body) {
        var kafka = session.kafka();
        var found = new DeadLetters(kafka, kafka.serdes())
                .show(id)
                .orElseThrow(() -> UserException.problem(
                        id + ": no such dead letter (expected: an id from 'ipn dlq list --all')"));
        session.show(DeadLetterView.of(found, body), () -> DeadLetterView.table(found));
        if (body && !session.json()) {
            session.terminal().print("");
            session.terminal().printText(DeadLetterView.body(found));
        }
        return ExitCode.DONE;
    }

    @Command(
            name = "replay",
            description = {
                "Writes open dead letters to ipn.raw again, so that the processor processes them once more. Waits until they are"
                        + " processed, and reports which failed again.",
                "",
                "Select dead letters by ID, --reason, --account and --since, or all with --all. A dead letter is"
                        + " replayed only if it has one of the given IDs (if any) and matches every option that is given."
            },
            exitCodeList = {
                "0:all were replayed and processed (with --no-wait: replayed)",
                "1:a dead letter was not replayed, failed again or is not processed yet, or a failure",
                ExitCode.WRONG_USAGE_HELP
            },
            footerHeading = "%nExamples:%n",
            footer = {
                "  ipn dlq replay ID",
                "  ipn dlq replay --reason WRONG_RECEIVER --dry-run",
                "  ipn dlq replay --all --why 'translator fixed'"
            })
    int replay(
            @Mixin DeadLetterOptions which,
            @Mixin OperatorOption by,
            @Option(
                            names = "--why",
                            paramLabel = "TEXT",
                            description =
                                    "Reason of the replay, in free text; stored with it. Required with --from-copy, otherwise optional.")
                    @Nullable
                    String why,
            @Parameters(
                            paramLabel = "ID",
                            arity = "0..*",
                            description = "Select the dead letters with these ids, see 'ipn dlq list'.")
                    List<String> ids,
            @Option(names = "--all", description = "Select all open dead letters. Required if nothing else selects.")
                    boolean all,
            @Option(
                            names = "--from-copy",
                            description =
                                    "Also replay dead letters whose original record was deleted by retention: the copy in the dead letter is written, although it cannot be compared with the original. --why is then required.")
                    boolean fromCopy,
            @Option(names = "--dry-run", description = "Show what would be replayed, but write nothing.")
                    boolean dryRun,
            @Mixin WaitOptions wait) {
        var chosen = ids == null ? List.<String>of() : ids;
        if (chosen.isEmpty() && which.empty() && !all) {
            throw UserException.usage(
                    "dlq replay: no dead letters selected (expected: an ID, --reason, --account, --since or --all)");
        }
        var operator = by.operator(session, Optional.ofNullable(why));
        if (fromCopy && operator.why().isEmpty()) {
            throw UserException.usage(
                    "--why: missing (expected: how you made sure that the dead letters are genuine, because --from-copy does not compare them)");
        }
        var atMost = wait.atMost();
        var kafka = session.kafka();
        var confirmed = new Redrive(kafka, kafka.serdes(), Clock.systemUTC());
        var redrive = fromCopy ? confirmed.acceptingCopies() : confirmed;
        var filter = which.filter(DeadLetterFilter.OPEN).withIds(Set.copyOf(chosen));
        var progress = new ProgressBar(session.terminal());
        var result = dryRun
                ? redrive.preview(filter, operator)
                : atMost.map(limit -> redrive.replayAndWait(filter, operator, limit, session.projectorId(), progress))
                        .orElseGet(() -> redrive.replay(filter, operator, progress));
        progress.clear();
        return report(result, result.dryRun() ? "would be replayed" : "replayed");
    }

    @Command(
            name = "discard",
            customSynopsis = "ipn dlq discard [OPTIONS] --why=TEXT ID...",
            description = "Discards dead letters for good: their events will never be processed. Requires --why.",
            exitCodeList = {"0:done", "1:a dead letter was not discarded, or a failure", ExitCode.WRONG_USAGE_HELP},
            footerHeading = "%nExamples:%n",
            footer = {
                "  ipn dlq discard ID --why 'test noise'",
                "  ipn dlq discard ID1 ID2 --by ada --why 'refunded by hand'"
            })
    int discard(
            @Mixin DecisionOptions who,
            @Parameters(paramLabel = "ID", arity = "1..*", description = "Id of a dead letter, see 'ipn dlq list'.")
                    List<String> ids) {
        var operator = who.operator(session, "a discarded event is lost");
        var kafka = session.kafka();
        var result = new Redrive(kafka, kafka.serdes(), Clock.systemUTC()).discard(Set.copyOf(ids), operator);
        return report(result, "discarded");
    }

    /** The JSON output of {@code list}. */
    private record Listed(List<DeadLetter> letters, boolean more, Map<String, DeadLetterContent> contents) {}

    private int report(RedriveResult result, String done) {
        if (session.json()) {
            session.print(result);
        } else {
            var terminal = session.terminal();
            terminal.print("%d dead letter(s) %s".formatted(result.done(), done));
            var contents = DeadLetterContents.read(session, result.examples());
            result.report()
                    .ifPresentOrElse(
                            report -> show(report, contents),
                            () -> examples(result, contents).forEach(terminal::print));
            result.refused().forEach(refused -> terminal.print("refused: " + refused.id() + ": " + refused.why()));
            result.stopped().ifPresent(why -> terminal.printErr("stopped: " + why));
        }
        return result.complete() ? ExitCode.DONE : ExitCode.FOUND_PROBLEMS;
    }

    /** Each dead letter that was, or would be, replayed or discarded, and how many are not listed. */
    static List<String> examples(RedriveResult result, DeadLetterContents contents) {
        var lines = new ArrayList<String>();
        result.examples().forEach(id -> lines.add("  " + id + about(contents.line(id))));
        var more = result.done() - result.examples().size();
        if (more > 0) {
            lines.add("  ... %d more: ipn dlq list lists all, with --limit %d and the same options"
                    .formatted(more, result.done()));
        }
        return lines;
    }

    private static String about(String content) {
        return content.isEmpty() ? "" : ": " + content;
    }

    private void show(ReplayReport report, DeadLetterContents contents) {
        var terminal = session.terminal();
        terminal.print("processed %d, failed again %d, not processed yet %d"
                .formatted(report.processed(), report.failedAgain(), report.notProcessedYet()));
        report.letters()
                .forEach(letter -> terminal.print("  " + letter.id() + ": " + line(letter) + after(contents, letter)));
        if (report.notProcessedYet() > 0) {
            terminal.printErr(
                    "not processed yet: the stages did not reach these records in time; see 'ipn dlq list' later, or whether the processor runs");
        }
    }

    private static String after(DeadLetterContents contents, ReplayReport.Result letter) {
        var content = contents.line(letter.id());
        return content.isEmpty() ? "" : "; " + content;
    }

    private static String line(ReplayReport.Result letter) {
        return switch (letter.state()) {
            case PROCESSED -> "processed" + (letter.code() == null ? "" : " (" + letter.code() + ")");
            case FAILED_AGAIN -> "failed again: " + letter.code() + "; it is open again";
            case NOT_PROCESSED_YET -> "not processed yet";
        };
    }
}
