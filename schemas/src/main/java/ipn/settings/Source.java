package ipn.settings;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What all sections of one settings file share.
 *
 * @param folder base of relative paths
 * @param asked keys that were read; the reader of a key also checks what is below it
 * @param sections maps of keys that were opened
 * @param variables environment variables that were read
 * @param owners of the secrets that were read
 */
record Source(
        JsonNode root,
        Map<String, String> environment,
        Path folder,
        Problems problems,
        Set<String> asked,
        Set<String> sections,
        Set<String> variables,
        SecretOwners owners) {

    static Source of(JsonNode root, Map<String, String> environment, Path folder) {
        return new Source(
                root,
                environment,
                folder,
                new Problems(),
                new TreeSet<>(),
                new TreeSet<>(),
                new TreeSet<>(),
                new SecretOwners());
    }

    /** The value the environment has for a key. Remembers that the key was read. */
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
