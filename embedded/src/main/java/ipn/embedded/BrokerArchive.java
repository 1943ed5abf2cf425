package ipn.embedded;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The JVM's archive of parsed classes, which halves the start time of a broker. The JVM writes it when the first broker with
 * these jars stops normally, and ignores an archive that does not match.
 */
final class BrokerArchive {
    private BrokerArchive() {}

    /** Arguments for {@code java}: use the archive, or write it. None if the class path has folders, which cannot be archived. */
    static List<String> arguments(Path folder, String classPath) {
        var entries =
                Arrays.stream(classPath.split(File.pathSeparator)).map(Path::of).toList();
        if (!entries.stream().allMatch(Files::isRegularFile)) {
            return List.of();
        }
        var archive = folder.resolve("classes-" + fingerprint(entries) + ".jsa");
        if (Files.exists(archive)) {
            return List.of("-XX:SharedArchiveFile=" + archive);
        }
        deleteOthers(folder);
        return List.of("-XX:ArchiveClassesAtExit=" + archive);
    }

    /** Changes with the JVM, the jars, their order and their age. */
    private static String fingerprint(List<Path> jars) {
        var description = jars.stream()
                .map(jar -> jar + " " + jar.toFile().lastModified() + " "
                        + jar.toFile().length())
                .collect(Collectors.joining("\n", Runtime.version() + "\n", ""));
        return Integer.toHexString(description.hashCode());
    }

    private static void deleteOthers(Path folder) {
        try (var old = Files.newDirectoryStream(folder, "classes-*.jsa")) {
            for (var each : old) {
                Files.delete(each);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
