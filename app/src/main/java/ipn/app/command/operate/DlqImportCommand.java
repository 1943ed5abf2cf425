package ipn.app.command.operate;

import ipn.app.ClusterId;
import ipn.app.ExitCode;
import ipn.app.command.Session;
import ipn.operations.deadletter.DeadLetterFilter;
import ipn.operations.deadletter.Redrive;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Replays dead letters of a file. */
@Command(
        name = "import",
        description = {
            "Replays dead letters of a file that 'ipn dlq export' wrote, also those that ipn.dlq no longer has. Waits until they are processed, and"
                    + " reports which failed again.",
            "",
            "What was decided counts here too: a dead letter that was replayed, discarded or parked is left out, so the same file can be imported again"
                    + " after an interruption. Each is compared with the record that failed; when retention has deleted that record, only --from-copy"
                    + " replays it, as the file has it. A file of another Kafka cluster is refused."
        },
        exitCodeList = {
            "0:all that are open were replayed and processed (with --no-wait: replayed)",
            "1:a dead letter was not replayed or was parked, failed again or is not processed yet, or a failure",
            ExitCode.WRONG_USAGE_HELP
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ipn dlq import --file letters.jsonl --dry-run",
            "  ipn dlq import --file letters.jsonl --from-copy --why 'kept in a safe'"
        })
public final class DlqImportCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private DeadLetterOptions which = new DeadLetterOptions();

    @Mixin
    private RedriveOptions how = new RedriveOptions();

    @Option(names = "--file", paramLabel = "FILE", required = true, description = "File to read. Required.")
    private Path file = Path.of("");

    public DlqImportCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var operator = how.operator(session);
        var kafka = session.kafka();
        var letters = ExportedLetters.open(file, ClusterId.of(kafka));
        var filter = which.filter(DeadLetterFilter.OPEN, () -> DeadLetterContents.translation(session));
        session.terminal().printErr("%d dead letter(s) in %s".formatted(letters.count(), file));
        var redrive = new Redrive(kafka, kafka.serdes(), Clock.systemUTC()).of(letters);
        return how.run(session, kafka, redrive, filter, operator);
    }
}
