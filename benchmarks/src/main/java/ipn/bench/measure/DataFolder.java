package ipn.bench.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.stream.Stream;

/** The folder of a run, for data and logs. */
public final class DataFolder {
    private DataFolder() {}

    /**
     * Creates a temporary one, and prints where it is.
     *
     * @param benchmark name of the command
     */
    public static Path create(String benchmark) throws IOException {
        var folder = Files.createTempDirectory("ipn-" + benchmark);
        System.err.printf("data and logs are in %s%n", folder);
        return folder;
    }

    /** Writes a file that another process reads: it sees the text before or after, and nothing between. */
    public static void replace(Path file, String text) throws IOException {
        var written = file.resolveSibling(file.getFileName() + ".new");
        Files.writeString(written, text);
        Files.move(written, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Deletes a folder with all its files. */
    public static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
