package ipn.topics;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;

/**
 * The version of this build, as in dead letters and {@code ipn --version}.
 *
 * @param version of the release
 * @param commit of the sources, with {@code -changed} if they differ from it; empty: the sources were no clone and no archive of git
 */
public record AppVersion(String version, Optional<String> commit) {
    private static final int COMMIT_LENGTH = 12;
    /** A commit, with or without its suffix. What git or Maven has not replaced is none. */
    private static final String COMMIT = "[0-9a-f]{7,64}(-changed)?";

    private static final AppVersion CURRENT = parse(read());

    /** The version of the release. */
    public static String current() {
        return CURRENT.version;
    }

    /** This build. */
    public static AppVersion build() {
        return CURRENT;
    }

    /** Reads version.txt: the version, the commit of the clone that was built, and that of the source archive. */
    static AppVersion parse(String text) {
        var lines = text.lines().map(String::strip).toList();
        return new AppVersion(
                lines.isEmpty() ? "" : lines.get(0),
                lines.stream()
                        .skip(1)
                        .filter(line -> line.matches(COMMIT))
                        .map(AppVersion::shortened)
                        .findFirst());
    }

    private static String shortened(String commit) {
        return commit.length() > COMMIT_LENGTH && !commit.contains("-") ? commit.substring(0, COMMIT_LENGTH) : commit;
    }

    private static String read() {
        try (var resource = AppVersion.class.getResourceAsStream("/ipn/version.txt")) {
            return new String(
                    Objects.requireNonNull(resource, "/ipn/version.txt: missing (expected: in this jar)")
                            .readAllBytes(),
                    StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
