package ipn.app.command.operate;

import ipn.app.command.ProgressBar;
import ipn.app.command.Session;
import ipn.operations.Operator;
import ipn.operations.deadletter.DeadLetterFilter;
import ipn.operations.deadletter.Redrive;
import ipn.operations.deadletter.RedriveLimits;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How dead letters are replayed: how many, how fast, for real or not, and how long the command waits. */
final class RedriveOptions {
    @Mixin
    private WaitOptions wait = new WaitOptions();

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

    boolean isDryRun() {
        return dryRun;
    }

    /** Returns the exit code. */
    int run(Session session, Redrive all, DeadLetterFilter filter, Operator operator) {
        var kafka = session.kafka();
        var redrive = all.within(limits());
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
