package ipn.app;

import ipn.settings.KeyLines;
import ipn.settings.Settings;
import ipn.settings.SettingsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Checks a settings file for all stages and commands, and starts nothing. */
public final class ConfigCheck {
    private ConfigCheck() {}

    /**
     * One problem.
     *
     * @param line of the key, or of the section in which it is missing; empty if neither is in the file
     * @param variable the environment variable that has the value, if it is not from the file
     * @param key the whole path of the key
     * @param detail what is wrong, and what was expected
     */
    public record Problem(Optional<Integer> line, Optional<String> variable, String key, String detail) {}

    /**
     * Every problem, in the order of the file.
     *
     * @param data folder of a stack that may run
     * @param secrets whether secrets are looked up; otherwise only the form of their references is checked
     * @throws UserException if the file cannot be read
     */
    public static List<Problem> problems(Path file, Map<String, String> environment, Path data, boolean secrets) {
        var yaml = read(file);
        try {
            var folder = file.toAbsolutePath().getParent();
            var settings = Settings.parse(yaml, environment, folder == null ? Path.of("") : folder);
            IpnConfig.from(secrets ? settings : settings.withUnreadSecrets(), data);
            return List.of();
        } catch (SettingsException e) {
            var lines = KeyLines.of(yaml);
            return e.problems().stream()
                    .map(problem -> problem(problem, lines, environment))
                    .sorted(Comparator.comparing(problem -> problem.line().orElse(0)))
                    .toList();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw UserException.usage(
                    "FILE: %s cannot be read (expected: a settings file in UTF-8, see ipn.example.yaml)"
                            .formatted(file));
        }
    }

    private static Problem problem(String text, KeyLines lines, Map<String, String> environment) {
        var colon = text.indexOf(": ");
        var key = colon < 0 ? text : text.substring(0, colon);
        var variable = environment.containsKey(key) ? key : Settings.variable(key);
        var overridden = environment.containsKey(variable);
        return new Problem(
                overridden ? Optional.empty() : lines.lineOf(key),
                overridden ? Optional.of(variable) : Optional.empty(),
                key,
                text.substring(Math.min(text.length(), key.length() + 2)));
    }
}
