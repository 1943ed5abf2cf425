package ipn.app;

import ipn.settings.Settings;
import ipn.simulator.BuiltInTestAccounts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Source of the settings: a file or the built-in test settings, and the environment.
 *
 * @param file empty: the built-in test settings
 * @param environment variables that override the file
 */
public record SettingsSource(Optional<Path> file, Map<String, String> environment) {
    /** The value of {@code --config} that means the built-in test settings. */
    public static final String BUILT_IN = "built-in";

    public SettingsSource {
        environment = Map.copyOf(environment);
    }

    /** The built-in test settings. */
    public static SettingsSource builtIn(Map<String, String> environment) {
        return new SettingsSource(Optional.empty(), environment);
    }

    /** True for the built-in test settings. */
    public boolean builtIn() {
        return file.isEmpty();
    }

    /** A copy with some environment variables replaced. */
    public SettingsSource with(Map<String, String> variables) {
        var all = new HashMap<>(environment);
        all.putAll(variables);
        return new SettingsSource(file, all);
    }

    /** Reads the settings. Each call reads the file again. */
    public Settings read() {
        return file.map(path -> Settings.load(path, environment))
                .orElseGet(() -> Settings.parse(builtInYaml(), environment, Path.of("")));
    }

    /** The built-in test settings, as a file has them. */
    public static String builtInYaml() {
        try (var yaml = SettingsSource.class.getResourceAsStream("/ipn/app/built-in.yaml")) {
            if (yaml == null) {
                throw new IllegalStateException(
                        "built-in.yaml: missing (expected: in the jar of this program; build it again)");
            }
            return new String(yaml.readAllBytes(), StandardCharsets.UTF_8) + BuiltInTestAccounts.yaml();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
