package ipn.settings;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What all sections of one settings file share.
 *
 * @param folder base of relative paths
 * @param file empty: they are not from a file
 * @param asked keys that were read; the reader of a key also checks what is below it
 * @param sections maps of keys that were opened
 * @param variables environment variables that were read
 * @param owners of the secrets that were read
 * @param secrets hashes of the secrets that were read, by the key that names them
 * @param ends when the last secret of a key ends; only keys of which each secret has an end
 * @param files from which anything was read
 */
record Source(
        JsonNode root,
        Map<String, String> environment,
        Path folder,
        Optional<Path> file,
        Problems problems,
        Set<String> asked,
        Set<String> sections,
        Set<String> variables,
        SecretOwners owners,
        Map<String, String> secrets,
        Map<String, Instant> ends,
        ReadFiles files) {

    static Source of(JsonNode root, Map<String, String> environment, Path folder, Optional<Path> file) {
        return new Source(
                root,
                environment,
                folder,
                file,
                new Problems(),
                new TreeSet<>(),
                new TreeSet<>(),
                new TreeSet<>(),
                new SecretOwners(),
                new TreeMap<>(),
                new TreeMap<>(),
                new ReadFiles());
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
