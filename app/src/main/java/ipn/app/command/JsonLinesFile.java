package ipn.app.command;

import ipn.app.UserException;
import ipn.app.output.JsonView;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Writes values to a file as lines of JSON; does nothing without a file.
 *
 * @param <T> of the values
 */
public final class JsonLinesFile<T> implements Consumer<T>, AutoCloseable {
    private final String option;
    private final Optional<BufferedWriter> writer;

    private JsonLinesFile(String option, Optional<BufferedWriter> writer) {
        this.option = option;
        this.writer = writer;
    }

    /** @param option that names the file, for messages */
    public static <T> JsonLinesFile<T> open(String option, Optional<Path> file) {
        try {
            return new JsonLinesFile<>(
                    option, file.isEmpty() ? Optional.empty() : Optional.of(Files.newBufferedWriter(file.get())));
        } catch (IOException e) {
            throw UserException.usage(
                    "%s: %s cannot be written (expected: the path of a writable file)".formatted(option, file.get()));
        }
    }

    @Override
    public void accept(T value) {
        if (writer.isPresent()) {
            try {
                writer.get().write(JsonView.line(value));
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

    private UserException cannotWrite() {
        return UserException.problem(option + ": cannot be written (expected: free disk space)");
    }
}
