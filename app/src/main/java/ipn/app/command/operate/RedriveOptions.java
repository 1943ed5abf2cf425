package ipn.app.command.operate;

import ipn.app.UserException;
import ipn.app.command.OperatorOption;
import ipn.app.command.ProgressBar;
import ipn.app.command.Session;
import ipn.operations.Operator;
import ipn.operations.deadletter.DeadLetterFilter;
import ipn.operations.deadletter.Redrive;
import ipn.operations.deadletter.RedriveLimits;
import ipn.topics.KafkaSettings;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How dead letters are replayed: how many, how fast, for real or not, and how long the command waits. */
final class RedriveOptions {
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

    /** @throws UserException if a reason is missing, or the name or the reason is too long */
    Operator operator(Session session) {
        var operator = by.operator(session, Optional.ofNullable(why));
        if (fromCopy && operator.why().isEmpty()) {
            throw UserException.usage(
                    "--why: missing (expected: how you made sure that the dead letters are genuine, because --from-copy does not compare them)");
        }
        return operator;
    }

    /** Returns the exit code. */
    int run(Session session, KafkaSettings kafka, Redrive all, DeadLetterFilter filter, Operator operator) {
        var redrive = (fromCopy ? all.acceptingCopies() : all).within(limits());
        var progress = new ProgressBar(session.terminal());
        if (dryRun) {
            var preview = new DryRun(session, kafka, progress).run(redrive, filter, operator);
            progress.clear();
            return new RedriveReport(session).print(preview);
        }
        var result = wait.atMost()
                .map(longest -> redrive.replayAndWait(filter, operator, longest, session.projectorId(), progress))
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
