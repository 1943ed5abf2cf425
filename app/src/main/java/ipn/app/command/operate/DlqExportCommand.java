package ipn.app.command.operate;

import ipn.app.ClusterId;
import ipn.app.ExitCode;
import ipn.app.UserException;
import ipn.app.command.JsonLinesFile;
import ipn.app.command.ProgressBar;
import ipn.app.command.Session;
import ipn.operations.deadletter.DeadLetterFilter;
import ipn.operations.deadletter.DeadLetters;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Writes dead letters to a file. */
@Command(
        name = "export",
        description = {
            "Writes dead letters to a file, one line of JSON each: what 'ipn dlq list' prints, and key, headers and body byte for byte in base64, such as"
                    + " for a test of a fixed translation. 'ipn dlq import' replays them from there.",
            "",
            "The file contains payment data. Only its owner can read it; it must not exist before."
        },
        exitCodeList = {"0:done, even if there are no dead letters", "1:a failure", ExitCode.WRONG_USAGE_HELP},
        footerHeading = "%nExamples:%n",
        footer = {"  ipn dlq export --file letters.jsonl", "  ipn dlq export --file letters.jsonl --reason MALFORMED"})
public final class DlqExportCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private DeadLetterOptions which = new DeadLetterOptions();

    @Option(names = "--file", paramLabel = "FILE", required = true, description = "File to write. Required.")
    private Path file = Path.of("");

    @Option(names = "--all", description = "Write replayed, discarded and parked dead letters as well.")
    private boolean all;

    public DlqExportCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        var kafka = session.kafka();
        var cluster = ClusterId.of(kafka);
        create();
        var filter = which.filter(
                all ? DeadLetterFilter.ALL : DeadLetterFilter.OPEN, () -> DeadLetterContents.translation(session));
        var progress = new ProgressBar(session.terminal());
        var count = new long[1];
        try (var lines = JsonLinesFile.<ExportedLetter>open("--file", Optional.of(file))) {
            new DeadLetters(kafka, kafka.serdes()).forEach(filter, progress, (letter, record) -> {
                lines.accept(ExportedLetter.of(cluster, letter, record));
                count[0]++;
            });
        }
        progress.clear();
        session.terminal().printErr("%d dead letter(s) written to %s".formatted(count[0], file));
        return ExitCode.DONE;
    }

    /** Readable by its owner only, before anything is written. */
    private void create() {
        try {
            if (Files.getFileStore(file.toAbsolutePath().getParent()).supportsFileAttributeView("posix")) {
                Files.createFile(
                        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            } else {
                Files.createFile(file);
            }
        } catch (FileAlreadyExistsException e) {
            throw UserException.usage("--file: %s exists (expected: a new file)".formatted(file));
        } catch (IOException e) {
            throw UserException.usage(
                    "--file: %s cannot be written (expected: the path of a new file)".formatted(file));
        }
    }
}
