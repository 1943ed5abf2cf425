package ipn.topics;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** The version of this build, as in dead letters and {@code ipn --version}. */
public final class AppVersion {
    private static final String CURRENT = read();

    private AppVersion() {}

    public static String current() {
        return CURRENT;
    }

    private static String read() {
        try (var resource = AppVersion.class.getResourceAsStream("/ipn/version.txt")) {
            return new String(
                            Objects.requireNonNull(resource, "/ipn/version.txt: missing (expected: in this jar)")
                                    .readAllBytes(),
                            StandardCharsets.UTF_8)
                    .strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
