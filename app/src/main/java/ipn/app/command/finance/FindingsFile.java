package ipn.app.command.finance;

import ipn.app.UserException;
import ipn.app.output.JsonView;
import ipn.operations.reconcile.match.Finding;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/** Writes findings to a file as lines of JSON; does nothing without a file. */
final class FindingsFile implements Consumer<Finding>, AutoCloseable {
    private final Optional<BufferedWriter> writer;

    private FindingsFile(Optional<BufferedWriter> writer) {
        this.writer = writer;
    }

    static FindingsFile open(Optional<Path> file) {
        try {
            return new FindingsFile(
                    file.isEmpty() ? Optional.empty() : Optional.of(Files.newBufferedWriter(file.get())));
        } catch (IOException e) {
            throw UserException.usage(
                    "--out: %s cannot be written (expected: the path of a writable file)".formatted(file.get()));
        }
    }

    @Override
    public void accept(Finding finding) {
        if (writer.isPresent()) {
            try {
                writer.get().write(JsonView.line(finding));
                writer.get().newLine();
            } catch (IOException e) {
                throw cannotWrite();
            }
        }
    }

    @Override
    public void close() {
        if (writer.isPresent()) {
            try {
                writer.get().close();
            } catch (IOException e) {
                throw cannotWrite();
            }
        }
    }

    private static UserException cannotWrite() {
        return UserException.problem("--out: cannot be written (expected: free disk space)");
    }
}
