package ipn.app.command;

import ipn.settings.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Where settings come from.
 *
 * @param file empty: the test settings within this program
 */
record SettingsSource(Optional<Path> file) {
    static final String BUILT_IN_NAME = "built-in";
    static final SettingsSource BUILT_IN = new SettingsSource(Optional.empty());

    static SettingsSource of(Path file) {
        return new SettingsSource(Optional.of(file));
    }

    boolean builtIn() {
        return file.isEmpty();
    }

    /** Reads them anew. */
    Settings read(Map<String, String> environment) {
        return file.map(path -> Settings.load(path, environment))
                .orElseGet(() -> Settings.parse(builtInYaml(), environment, Path.of("")));
    }

    private static String builtInYaml() {
        try (var yaml = SettingsSource.class.getResourceAsStream("/ipn/app/built-in.yaml")) {
            if (yaml == null) {
                throw new IllegalStateException("built-in.yaml: not in this program (expected: a whole build)");
            }
            return new String(yaml.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
