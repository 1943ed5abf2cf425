package ipn.app.command.operate;

import ipn.app.ExitCode;
import ipn.app.UserException;
import ipn.app.command.OperatorOption;
import ipn.app.command.Session;
import ipn.operations.deadletter.DeadLetterFilter;
import ipn.operations.deadletter.Redrive;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Replays dead letters of a file. */
@Command(
        name = "import",
        description = {
            "Replays dead letters of a file that 'ipn dlq export' wrote: those that ipn.dlq no longer has. Waits until they are processed, and reports"
                    + " which failed again.",
            "",
            "What was decided about a dead letter counts here too: one that was replayed or discarded is left out, so the same file can be imported"
                    + " again after an interruption. A dead letter is compared with the record that failed; one whose record was deleted by"
                    + " retention is replayed as the file has it, and one of another cluster is refused."
        },
        exitCodeList = {
            "0:all that are open were replayed and processed (with --no-wait: replayed)",
            "1:a dead letter was not replayed or was parked, failed again or is not processed yet, or a failure",
            ExitCode.WRONG_USAGE_HELP
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ipn dlq import --file letters.jsonl --dry-run",
            "  ipn dlq import --file letters.jsonl --why 'file from the safe'"
        })
public final class DlqImportCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private DeadLetterOptions which = new DeadLetterOptions();

    @Mixin
    private OperatorOption by = new OperatorOption();

    @Mixin
    private RedriveOptions how = new RedriveOptions();

    @Option(names = "--file", paramLabel = "FILE", required = true, description = "File to read. Required.")
    private Path file = Path.of("");

    @Option(
            names = "--why",
            paramLabel = "TEXT",
            description =
                    "Reason of the import, and how you made sure that the file was not changed; stored with it. Required, except with --dry-run.")
    @Nullable
    private String why;

    public DlqImportCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var operator = by.operator(session, Optional.ofNullable(why));
        if (operator.why().isEmpty() && !how.isDryRun()) {
            throw UserException.usage(
                    "--why: missing (expected: how you made sure that the file was not changed, because its records may be gone)");
        }
        var kafka = session.kafka();
        var letters = ExportedLetters.open(file);
        var redrive = new Redrive(kafka, kafka.serdes(), Clock.systemUTC())
                .of(letters)
                .acceptingCopies();
        var filter = which.filter(DeadLetterFilter.OPEN, () -> DeadLetterContents.translation(session));
        session.terminal().printErr("%d dead letter(s) in %s".formatted(letters.count(), file));
        return how.run(session, redrive, filter, operator);
    }
}
