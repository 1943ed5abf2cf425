package ipn.app.command.operate;

import ipn.app.ExitCode;
import ipn.app.UserException;
import ipn.app.command.OperatorOption;
import ipn.app.command.ProgressBar;
import ipn.app.command.Session;
import ipn.operations.deadletter.DeadLetterFilter;
import ipn.operations.deadletter.Redrive;
import ipn.operations.deadletter.RedriveLimits;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Replays dead letters. */
@Command(
        name = "replay",
        description = {
            "Writes open dead letters to ipn.raw again, so that the processor processes them once more. Waits until they are"
                    + " processed, and reports which failed again.",
            "",
            "Select dead letters by ID and by the options below, or all with --all. A dead letter is"
                    + " replayed only if it has one of the given IDs (if any) and matches every option that is given."
        },
        exitCodeList = {
            "0:all were replayed and processed (with --no-wait: replayed)",
            "1:a dead letter was not replayed or was parked, failed again or is not processed yet, or a failure",
            ExitCode.WRONG_USAGE_HELP
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ipn dlq replay ID",
            "  ipn dlq replay --reason WRONG_RECEIVER --dry-run",
            "  ipn dlq replay --all --why 'translator fixed'"
        })
public final class DlqReplayCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private DeadLetterOptions which = new DeadLetterOptions();

    @Mixin
    private OperatorOption by = new OperatorOption();

    @Mixin
    private WaitOptions wait = new WaitOptions();

    @Option(
            names = "--why",
            paramLabel = "TEXT",
            description =
                    "Reason of the replay, in free text; stored with it. Required with --from-copy, otherwise optional.")
    @Nullable
    private String why;

    @Parameters(
            paramLabel = "ID",
            arity = "0..*",
            description = "Select the dead letters with these ids, see 'ipn dlq list'.")
    @Nullable
    private List<String> ids;

    @Option(names = "--all", description = "Select all open dead letters. Required if nothing else selects.")
    private boolean all;

    @Option(
            names = "--from-copy",
            description =
                    "Also replay dead letters whose original record was deleted by retention: the copy in the dead letter is written, although it cannot be compared with the original. --why is then required.")
    private boolean fromCopy;

    @Option(
            names = "--dry-run",
            description =
                    "Write nothing: show what each dead letter would become by today's rules and these settings, and what the replay would change of payments, money and access.")
    private boolean dryRun;

    @Option(names = "--limit", paramLabel = "N", description = "Replay at most N dead letters.")
    @Nullable
    private Long limit;

    @Option(names = "--rate", paramLabel = "N", description = "Replay at most N dead letters each second.")
    @Nullable
    private Long rate;

    @Option(
            names = "--max-attempts",
            paramLabel = "N",
            description =
                    "Park dead letters that failed N times or more instead of replaying them: they are no longer open, until 'ipn dlq undo'.")
    @Nullable
    private Integer maxAttempts;

    public DlqReplayCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var chosen = ids == null ? List.<String>of() : ids;
        if (chosen.isEmpty() && which.empty() && !all) {
            throw UserException.usage(
                    "dlq replay: no dead letters selected (expected: an ID, an option that selects, or --all)");
        }
        var operator = by.operator(session, Optional.ofNullable(why));
        if (fromCopy && operator.why().isEmpty()) {
            throw UserException.usage(
                    "--why: missing (expected: how you made sure that the dead letters are genuine, because --from-copy does not compare them)");
        }
        var atMost = wait.atMost();
        var kafka = session.kafka();
        var confirmed = new Redrive(kafka, kafka.serdes(), Clock.systemUTC());
        var redrive = (fromCopy ? confirmed.acceptingCopies() : confirmed).within(limits());
        var filter = which.filter(DeadLetterFilter.OPEN, () -> DeadLetterContents.translation(session))
                .withIds(Set.copyOf(chosen));
        var progress = new ProgressBar(session.terminal());
        if (dryRun) {
            var preview = new DryRun(session, kafka, progress).run(redrive, filter, operator);
            progress.clear();
            return new RedriveReport(session).print(preview);
        }
        var result = atMost.map(
                        longest -> redrive.replayAndWait(filter, operator, longest, session.projectorId(), progress))
                .orElseGet(() -> redrive.replay(filter, operator, progress));
        progress.clear();
        return new RedriveReport(session).print(result, "replayed");
    }

    private RedriveLimits limits() {
        var none = RedriveLimits.NONE;
        return new RedriveLimits(
                Objects.requireNonNullElse(limit, none.lettersMax()),
                Objects.requireNonNullElse(rate, none.perSecond()),
                Objects.requireNonNullElse(maxAttempts, none.attemptsMax()));
    }
}
