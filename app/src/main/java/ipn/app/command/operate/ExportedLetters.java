package ipn.app.command.operate;

import static java.nio.charset.StandardCharsets.UTF_8;

import ipn.app.UserException;
import ipn.operations.deadletter.LetterSource;
import ipn.operations.topic.Position;
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
 * @param cluster id of the Kafka cluster that they are of
 * @param count of its lines
 */
record ExportedLetters(Path file, String cluster, long count) implements LetterSource {
    /**
     * Reads the whole file once, so that nothing is written if a line is wrong.
     *
     * @param cluster id of the Kafka cluster to which they are to be written
     * @throws UserException if the file cannot be read, a line is not one of an export, or one is of another cluster
     */
    static ExportedLetters open(Path file, String cluster) {
        var count = new long[1];
        try {
            read(file, cluster, record -> {
                count[0]++;
                return true;
            });
        } catch (IOException e) {
            throw UserException.usage(
                    "--file: %s cannot be read (expected: a file that 'ipn dlq export' wrote)".formatted(file));
        }
        return new ExportedLetters(file, cluster, count[0]);
    }

    @Override
    public void readWhile(Progress progress, Predicate<ConsumerRecord<byte[], byte[]>> each) {
        var done = new long[1];
        try {
            read(file, cluster, record -> {
                progress.at("processing dead letters", ++done[0], count);
                return each.test(record);
            });
        } catch (IOException e) {
            throw UserException.problem(
                    "--file: %s can no longer be read, at line %d (what was replayed before it stays so; import the file again)"
                            .formatted(file, done[0] + 1));
        }
    }

    private static void read(Path file, String cluster, Predicate<ConsumerRecord<byte[], byte[]>> each)
            throws IOException {
        try (var reader = Files.newBufferedReader(file, UTF_8)) {
            read(reader, file, cluster, each);
        }
    }

    private static void read(
            BufferedReader reader, Path file, String cluster, Predicate<ConsumerRecord<byte[], byte[]>> each)
            throws IOException {
        var number = 0;
        for (var line = reader.readLine(); line != null; line = reader.readLine()) {
            number++;
            var at = new Position(String.valueOf(file.getFileName()), 0, number);
            var letter = ExportedLetter.read(line, at)
                    .orElseThrow(
                            () -> wrong(file, at, "is no dead letter (expected: a line as 'ipn dlq export' wrote it)"));
            if (!letter.cluster().equals(cluster)) {
                throw wrong(
                        file,
                        at,
                        "is of the Kafka cluster %s (expected: of this one, %s)".formatted(letter.cluster(), cluster));
            }
            if (!each.test(letter.record())) {
                return;
            }
        }
    }

    private static UserException wrong(Path file, Position at, String what) {
        return UserException.usage("--file: line %d of %s %s".formatted(at.offset(), file, what));
    }
}
