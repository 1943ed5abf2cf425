package ipn.settings;

import com.fasterxml.jackson.databind.JsonNode;
import ipn.key.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One section of the settings. A key is read from the environment first ({@code ingress.port} is {@code IPN_INGRESS_PORT}),
 * then from the YAML file; without a value its default applies. A wrong value is added to the shared {@link Problems}, and the
 * default is returned, so that reading continues and all problems are reported at once. {@link #verify()} ends the reading.
 */
public final class Settings {
    private final Source source;
    private final String path;
    private final JsonNode node;
    private final SecretUse secretUse;

    /** What becomes of the references to secrets. */
    private enum References {
        /** The secrets are read. */
        READ,
        /** Only the form of the references is checked. */
        CHECKED,
        /** A program that needs no secret of a gateway: only those of clients are read. */
        IGNORED
    }

    /**
     * How a section uses secrets.
     *
     * @param owner what all secrets of this section belong to; empty: each key has secrets of its own
     */
    private record SecretUse(References references, Optional<String> owner) {
        boolean isRead() {
            return references == References.READ;
        }
    }

    private Settings(Source source, String path, JsonNode node, SecretUse secretUse) {
        this.source = source;
        this.path = path;
        this.node = node;
        this.secretUse = secretUse;
    }

    /**
     * Reads a YAML file and the environment.
     *
     * @throws SettingsException if the file cannot be read or is not YAML
     */
    public static Settings load(Path file, Map<String, String> environment) {
        try {
            var folder = file.toAbsolutePath().getParent();
            var text = Files.readString(file);
            var settings =
                    parse(Yaml.parse(text), environment, folder == null ? Path.of("") : folder, Optional.of(file));
            settings.source.files().add(file.toAbsolutePath(), Optional.of(text));
            return settings;
        } catch (IOException e) {
            throw new SettingsException(
                    List.of("%s: cannot be read (expected: a YAML file, see ipn.example.yaml)".formatted(file)));
        }
    }

    /** Reads YAML text and the environment; {@code folder} is what {@code file:} secrets are relative to. */
    public static Settings parse(String yaml, Map<String, String> environment, Path folder) {
        return parse(Yaml.parse(yaml), environment, folder, Optional.empty());
    }

    private static Settings parse(JsonNode root, Map<String, String> environment, Path folder, Optional<Path> file) {
        return new Settings(
                Source.of(root, environment, folder, file), "", root, new SecretUse(References.READ, Optional.empty()));
    }

    /** Reads YAML text alone: without environment, and without files of secrets. */
    public static Settings parse(String yaml) {
        return parse(yaml, Map.of(), Path.of(""));
    }

    /** Settings without file and environment: every key has its default. */
    public static Settings empty() {
        return parse("", Map.of(), Path.of(""));
    }

    /**
     * The same section for a program that needs no secret: files and variables that contain secrets are not read, and
     * {@link #secrets} returns none, without a problem. Secrets of clients, see {@link #passThrough(String, Predicate)}, are read.
     */
    public Settings withoutSecrets() {
        return new Settings(source, path, node, new SecretUse(References.IGNORED, secretUse.owner()));
    }

    /** As {@link #withoutSecrets()}, but a reference of the wrong form is a problem; secrets of clients are not read either. */
    public Settings withUnreadSecrets() {
        return new Settings(source, path, node, new SecretUse(References.CHECKED, secretUse.owner()));
    }

    /** The environment variable that overrides a key. */
    public static String variable(String key) {
        return Source.variable(key);
    }

    /** False for {@link #withoutSecrets()} and {@link #withUnreadSecrets()}. */
    public boolean readsSecrets() {
        return secretUse.isRead();
    }

    public Problems problems() {
        return source.problems();
    }

    /** The section below {@code key}; empty where it is absent. */
    public Settings in(String key) {
        source.sections().add(at(key));
        return new Settings(source, at(key), node.path(key), secretUse);
    }

    /** This section as one owner of secrets, such as an account: its keys may have a secret in common, but no other section may have it. */
    public Settings ownsSecrets() {
        return new Settings(source, path, node, new SecretUse(secretUse.references(), Optional.of(path())));
    }

    /** Full path of {@code key}, for messages. */
    public String full(String key) {
        return Yaml.dotted(at(key));
    }

    /** Full path of this section. */
    public String path() {
        return Yaml.dotted(path);
    }

    /** Full path of {@code key}, with dots inside keys kept distinct from dots between keys. */
    private String at(String key) {
        return Yaml.joined(path, Yaml.undotted(key));
    }

    /** The names below this section, in the order of the file. */
    public List<String> names() {
        var names = new ArrayList<String>();
        node.fieldNames().forEachRemaining(names::add);
        if (notAMap(path(), node)) {
            source.asked().add(path);
        }
        return names;
    }

    /** True if the environment or the file has a value for the key. */
    public boolean has(String key) {
        return source.environment(at(key)).isPresent() || !Yaml.absent(node.path(key));
    }

    /** A text; empty where absent. */
    public Optional<String> text(String key) {
        return raw(key);
    }

    public String text(String key, String otherwise) {
        return raw(key).orElse(otherwise);
    }

    /** A text; its absence is a problem. */
    public String required(String key, String expected) {
        return raw(key).orElseGet(() -> {
            problems().add(full(key), "missing", expected);
            return "";
        });
    }

    /** A whole number within bounds, both included. */
    public int integer(String key, int otherwise, int min, int max) {
        var expected = "a whole number from %d to %d".formatted(min, max);
        return typed(key, otherwise, expected, text -> {
            var value = Integer.parseInt(text);
            return value < min || value > max ? null : value;
        });
    }

    /** True or false. */
    public boolean flag(String key, boolean otherwise) {
        return typed(key, otherwise, "true or false", text -> switch (text.toLowerCase(Locale.ROOT)) {
            case "true" -> Boolean.TRUE;
            case "false" -> Boolean.FALSE;
            default -> null;
        });
    }

    /** A duration in ISO 8601 form from zero up to {@code max}. */
    public Duration duration(String key, Duration otherwise, Duration max) {
        return typed(key, otherwise, "a duration up to %s, e.g. PT5S".formatted(max), text -> {
            var value = Duration.parse(text);
            return value.isNegative() || value.compareTo(max) > 0 ? null : value;
        });
    }

    /** As {@link #optionalChoice}, with a default. */
    public <E extends Enum<E>> E choice(String key, Class<E> type, E otherwise) {
        return optionalChoice(key, type).orElse(otherwise);
    }

    /** One of the constants of an enum, written in lower case with dashes; empty where absent or wrong. */
    public <E extends Enum<E>> Optional<E> optionalChoice(String key, Class<E> type) {
        var constants = type.getEnumConstants();
        var expected = String.join(
                " or ", Arrays.stream(constants).map(Settings::kebab).toList());
        return raw(key).flatMap(text -> {
            for (var constant : constants) {
                if (kebab(constant).equals(text)) {
                    return Optional.of(constant);
                }
            }
            problems().add(full(key), text, expected);
            return Optional.empty();
        });
    }

    /** A map of texts, nested keys joined by dots; the environment adds {@code IPN_SECTION_A_B} as {@code a.b}. */
    public Map<String, String> passThrough(String key) {
        var all = new TreeMap<>(texts(key));
        var prefix = Source.variable(at(key)) + "_";
        source.environment().forEach((name, value) -> {
            if (name.startsWith(prefix)) {
                all.put(name.substring(prefix.length()).toLowerCase(Locale.ROOT).replace('_', '.'), value);
                source.variables().add(name);
            }
        });
        return all;
    }

    /**
     * As {@link #passThrough(String)}, with secrets: the value of such a key is a reference, {@code env:NAME} or {@code file:PATH}, and is
     * replaced by what it names. Anything else is a problem, and the key is absent from the result.
     *
     * @param secret whether the value of a key is a secret
     */
    public Map<String, String> passThrough(String key, Predicate<String> secret) {
        var references = new SecretReferences(source, false, 1, secretUse.references() != References.CHECKED);
        var all = new TreeMap<String, String>();
        passThrough(key).forEach((name, value) -> {
            if (secret.test(name)) {
                references.ofOne(full(key) + "." + name, value).ifPresent(found -> all.put(name, found.text()));
            } else {
                all.put(name, value);
            }
        });
        return all;
    }

    /** Accepts a key, or a section, that another program reads. Its value is not read, nor a secret that it names. */
    public void ignore(String key) {
        source.asked().add(at(key));
        var variable = Source.variable(at(key));
        source.environment().keySet().stream()
                .filter(name -> name.equals(variable) || name.startsWith(variable + "_"))
                .forEach(source.variables()::add);
    }

    /** A map of texts in the order of the file, with any keys. The environment can replace values, but not add keys. */
    public Map<String, String> map(String key) {
        var all = texts(key);
        all.replaceAll((name, value) -> source.environment(at(key) + "." + name).orElse(value));
        return all;
    }

    /**
     * A list of maps as of {@link #map}; a single map is a list of one. The environment can replace values of a single map only, because
     * the elements of a list have no names.
     */
    public List<Map<String, String>> maps(String key) {
        var here = node.path(key);
        if (!here.isArray()) {
            var only = map(key);
            return only.isEmpty() ? List.of() : List.of(only);
        }
        source.asked().add(at(key));
        var elements = Yaml.elements(here);
        var all = new ArrayList<Map<String, String>>();
        for (var i = 0; i < elements.size(); i++) {
            if (!notAMap("%s[%d]".formatted(full(key), i), elements.get(i))) {
                var texts = new LinkedHashMap<String, String>();
                Yaml.flatten("", elements.get(i), texts);
                all.add(texts);
            }
        }
        return all;
    }

    private Map<String, String> texts(String key) {
        var all = new LinkedHashMap<String, String>();
        source.asked().add(at(key));
        if (!notAMap(full(key), node.path(key))) {
            Yaml.flatten("", node.path(key), all);
        }
        return all;
    }

    private boolean notAMap(String at, JsonNode here) {
        var wrong = !here.isObject() && !Yaml.absent(here);
        if (wrong) {
            problems().add(at, Yaml.shown(here), "a map of keys");
        }
        return wrong;
    }

    /** A list of texts; a single text is a list of one, commas separate in the environment. */
    public List<String> list(String key) {
        var overridden = source.environment(at(key));
        if (overridden.isPresent()) {
            return Arrays.stream(overridden.get().split(",")).map(String::strip).toList();
        }
        var here = node.path(key);
        var elements = here.isArray() ? Yaml.elements(here) : Yaml.absent(here) ? List.<JsonNode>of() : List.of(here);
        var texts = new ArrayList<String>();
        for (var element : elements) {
            if (element.isValueNode() && !element.isNull()) {
                texts.add(element.asText());
            } else {
                problems().add(full(key), Yaml.shown(element) + " in it", "a list of single values");
            }
        }
        return texts;
    }

    /**
     * The secrets under {@code key}: references, or {@code {secret: reference, until: instant}}. A reference is
     * {@code env:NAME} or {@code file:PATH}; {@code test:VALUE} only if {@code testAllowed}. A secret of another owner is a problem.
     *
     * @param minLength in characters; a shorter secret is a problem
     */
    public List<Secret> secrets(String key, boolean testAllowed, int minLength) {
        return secrets(key, testAllowed, minLength, text -> false);
    }

    /**
     * As {@link #secrets(String, boolean, int)}, for a key that may also name certificates or public keys.
     *
     * @param isPublic whether a text is no secret; several owners may have it
     */
    public List<Secret> secrets(String key, boolean testAllowed, int minLength, Predicate<String> isPublic) {
        var references = new SecretReferences(source, testAllowed, minLength, secretUse.isRead());
        var override = source.environment(at(key));
        if (secretUse.references() == References.IGNORED) {
            source.secrets().put(full(key), "");
            return List.of();
        }
        var found = override.map(text -> references.ofText(full(key), text))
                .orElseGet(() -> references.ofNode(full(key), node.path(key)));
        if (secretUse.isRead()
                ? found.isEmpty()
                : override.isEmpty()
                        && node.path(key).isEmpty()
                        && !node.path(key).isValueNode()) {
            problems()
                    .add(
                            full(key),
                            "no usable secret",
                            "at least one env:NAME or file:PATH, because nothing can be authenticated without");
        }
        source.secrets().put(full(key), hash(found));
        Secret.lastEnd(found).ifPresent(end -> source.ends().put(full(key), end));
        found.stream()
                .filter(secret -> !isPublic.test(secret.text()))
                .forEach(secret ->
                        source.owners().add(secretUse.owner().orElse(full(key)), full(key), secret, problems()));
        return found;
    }

    private static String hash(List<Secret> secrets) {
        return secrets.stream()
                .map(secret -> Sha256.hex("%s %s %s".formatted(secret.id(), secret.until(), secret.text())))
                .collect(Collectors.joining(" "));
    }

    /** When nothing is authentic any more by a key, because its last secret ends; only keys of which each secret has an end. */
    public Map<String, Instant> secretEnds() {
        return Map.copyOf(source.ends());
    }

    /** The files that the settings, and the secrets read so far, are from. */
    public ReadFiles files() {
        return source.files();
    }

    /**
     * Reads the file again, with the same environment and the same use of secrets. Settings that are not from a file are read as they were.
     *
     * @throws SettingsException if the file cannot be read or is not YAML
     */
    public Settings readAgain() {
        var again = source.file()
                .map(file -> load(file, source.environment()))
                .orElseGet(() -> parse(source.root(), source.environment(), source.folder(), Optional.empty()));
        return new Settings(again.source, "", again.node, secretUse);
    }

    Source source() {
        return source;
    }

    /** Adds a problem for every key and variable that no section has read, then throws if there is any problem. */
    public void verify() {
        new UnknownKeys(source).report();
        problems().throwIfAny();
    }

    private <T> T typed(String key, T otherwise, String expected, Function<String, @Nullable T> parser) {
        var text = raw(key);
        if (text.isEmpty()) {
            return otherwise;
        }
        try {
            var value = parser.apply(text.get().strip());
            if (value != null) {
                return value;
            }
        } catch (NumberFormatException | DateTimeParseException e) {
            // reported below, with what was expected
        }
        problems().add(full(key), text.get(), expected);
        return otherwise;
    }

    private Optional<String> raw(String key) {
        var overridden = source.environment(at(key));
        if (overridden.isPresent()) {
            return overridden;
        }
        var here = node.path(key);
        if (Yaml.absent(here)) {
            return Optional.empty();
        }
        if (!here.isValueNode()) {
            problems().add(full(key), Yaml.shown(here), "one value");
            return Optional.empty();
        }
        return Optional.of(here.asText());
    }

    private static String kebab(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
