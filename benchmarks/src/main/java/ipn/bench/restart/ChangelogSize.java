package ipn.bench.restart;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The size of the topics that state is restored from, in the log files of the broker. */
final class ChangelogSize {
    private ChangelogSize() {}

    /** @param brokerRecords the folder of the broker's log files */
    static long mebibytes(Path brokerRecords) {
        try (Stream<Path> files = Files.walk(brokerRecords)) {
            return files.filter(file -> brokerRecords
                                    .relativize(file)
                                    .toString()
                                    .matches(".*-changelog-[0-9]+/[^/]+\\.log"))
                            .mapToLong(ChangelogSize::size)
                            .sum()
                    >> 20;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** 0 if the broker has deleted it meanwhile. */
    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            return 0;
        }
    }
}
