package ipn.conformance;

import ipn.evidence.Evidence;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/** Which version of a library is on the class path, by what the library says of itself, or else by the name of its file. */
final class OracleVersion {
    private static final List<String> NAMES_IN_MANIFEST = List.of("Implementation-Version", "Bundle-Version");

    private OracleVersion() {}

    /** @param library as {@code group:artifact} */
    static String of(String library) {
        var parts = library.split(":", -1);
        return fromMaven(parts[0], parts[1])
                .or(() -> file(parts[1]).flatMap(OracleVersion::inManifest))
                .or(() -> file(parts[1]).map(file -> inName(file, parts[1])))
                .orElse(Evidence.UNKNOWN_VERSION);
    }

    private static Optional<String> fromMaven(String group, String artifact) {
        var properties = new Properties();
        var resource = "META-INF/maven/" + group + "/" + artifact + "/pom.properties";
        try (InputStream in = OracleVersion.class.getClassLoader().getResourceAsStream(resource)) {
            if (in != null) {
                properties.load(in);
            }
            return Optional.ofNullable(properties.getProperty("version"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<Path> file(String artifact) {
        return classPath()
                .map(Path::of)
                .filter(entry -> entry.getFileName() != null
                        && entry.getFileName().toString().matches(artifact + "-[0-9].*\\.jar")
                        && Files.isRegularFile(entry))
                .findFirst();
    }

    /** Maven names a file {@code artifact-version.jar}. */
    private static String inName(Path file, String artifact) {
        var name = String.valueOf(file.getFileName());
        return name.substring(artifact.length() + 1, name.length() - ".jar".length());
    }

    private static Optional<String> inManifest(Path file) {
        try (var jar = new JarFile(file.toFile())) {
            var manifest = jar.getManifest();
            return manifest == null
                    ? Optional.empty()
                    : NAMES_IN_MANIFEST.stream()
                            .map(manifest.getMainAttributes()::getValue)
                            .filter(Objects::nonNull)
                            .findFirst();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<String> classPath() {
        var path = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path", ""));
        return Arrays.stream(path.split(File.pathSeparator)).filter(entry -> !entry.isEmpty());
    }
}
