package ipn.app.command.operate;

import static java.nio.charset.StandardCharsets.UTF_8;

import ipn.app.UserException;
import ipn.operations.deadletter.LetterSource;
import ipn.operations.topic.Progress;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The dead letters of a file.
 *
 * @param count of its lines
 */
record ExportedLetters(Path file, long count) implements LetterSource {
    /**
     * Reads the whole file once, so that nothing is written if a line is wrong.
     *
     * @throws UserException if the file cannot be read, or a line is none of an export
     */
    static ExportedLetters open(Path file) {
        var whole = new ExportedLetters(file, 0);
        var count = new long[1];
        whole.read(record -> {
            count[0]++;
            return true;
        });
        return new ExportedLetters(file, count[0]);
    }

    @Override
    public void readWhile(Progress progress, Predicate<ConsumerRecord<byte[], byte[]>> each) {
        var done = new long[1];
        read(record -> {
            progress.at("processing dead letters", ++done[0], count);
            return each.test(record);
        });
    }

    private void read(Predicate<ConsumerRecord<byte[], byte[]>> each) {
        try (var reader = Files.newBufferedReader(file, UTF_8)) {
            read(reader, each);
        } catch (IOException e) {
            throw UserException.usage(
                    "--file: %s cannot be read (expected: a file that 'ipn dlq export' wrote)".formatted(file));
        }
    }

    private void read(BufferedReader reader, Predicate<ConsumerRecord<byte[], byte[]>> each) throws IOException {
        var number = 0;
        for (var line = reader.readLine(); line != null; line = reader.readLine()) {
            number++;
            var at = number;
            var record = ExportedLetter.read(line)
                    .orElseThrow(() -> UserException.usage(
                            "--file: line %d of %s is no dead letter (expected: a line as 'ipn dlq export' wrote it)"
                                    .formatted(at, file)));
            if (!each.test(record)) {
                return;
            }
        }
    }
}
