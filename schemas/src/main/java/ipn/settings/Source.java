package ipn.settings;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What all sections of one file share.
 *
 * @param folder what relative paths are relative to
 * @param asked keys somebody asked for; what lies below one is its reader's business
 * @param sections maps of keys somebody looked into
 * @param variables environment variables somebody asked for
 */
record Source(
        JsonNode root,
        Map<String, String> environment,
        Path folder,
        Problems problems,
        Set<String> asked,
        Set<String> sections,
        Set<String> variables) {

    static Source of(JsonNode root, Map<String, String> environment, Path folder) {
        return new Source(root, environment, folder, new Problems(), new TreeSet<>(), new TreeSet<>(), new TreeSet<>());
    }

    /** Notes that a key was asked for, and says what the environment has for it. */
    Optional<String> environment(String key) {
        asked.add(key);
        variables.add(variable(key));
        return Optional.ofNullable(environment.get(variable(key)));
    }

    /** The environment variable that overrides a key. */
    static String variable(String key) {
        return "IPN_" + key.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
    }
}
