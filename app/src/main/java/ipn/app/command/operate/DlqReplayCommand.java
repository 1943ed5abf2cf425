package ipn.app.command.operate;

import ipn.app.ExitCode;
import ipn.app.UserException;
import ipn.app.command.Session;
import ipn.operations.deadletter.DeadLetterFilter;
import ipn.operations.deadletter.Redrive;
import java.time.Clock;
import java.util.List;
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
    private RedriveOptions how = new RedriveOptions();

    @Parameters(
            paramLabel = "ID",
            arity = "0..*",
            description = "Select the dead letters with these ids, see 'ipn dlq list'.")
    @Nullable
    private List<String> ids;

    @Option(names = "--all", description = "Select all open dead letters. Required if nothing else selects.")
    private boolean all;

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
        var operator = how.operator(session);
        var kafka = session.kafka();
        var redrive = new Redrive(kafka, kafka.serdes(), Clock.systemUTC());
        var filter = which.filter(DeadLetterFilter.OPEN, () -> DeadLetterContents.translation(session))
                .withIds(Set.copyOf(chosen));
        return how.run(session, kafka, redrive, filter, operator);
    }
}
