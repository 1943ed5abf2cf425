package ipn.settings;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One section of the settings. A key is read from the environment first ({@code ingress.port} is {@code IPN_INGRESS_PORT}),
 * then from the YAML file, then its default counts. A wrong value is noted in the shared {@link Problems} and the default
 * returned, so that reading goes on and a person hears everything at once; {@link #verify()} ends the reading.
 */
public final class Settings {
    /** Variables of the launcher, not of the settings. */
    private static final Set<String> NOT_SETTINGS = Set.of("IPN_CONFIG", "IPN_JAVA", "IPN_JAVA_OPTS", "IPN_DATA");

    private final Source source;
    private final String path;
    private final JsonNode node;

    private Settings(Source source, String path, JsonNode node) {
        this.source = source;
        this.path = path;
        this.node = node;
    }

    /** What all sections of one file share. */
    private record Source(
            Map<String, String> environment, JsonNode root, Problems problems, Set<String> asked, Path folder) {}

    /**
     * Reads a YAML file and the environment.
     *
     * @throws SettingsException if the file cannot be read or is not YAML
     */
    public static Settings load(Path file, Map<String, String> environment) {
        try {
            var folder = file.toAbsolutePath().getParent();
            return parse(Files.readString(file), environment, folder == null ? Path.of("") : folder);
        } catch (IOException e) {
            throw new SettingsException(
                    List.of("%s: cannot be read (expected: a YAML file, see ipn.example.yaml)".formatted(file)));
        }
    }

    /** Reads YAML text and the environment; {@code folder} is what {@code file:} secrets are relative to. */
    public static Settings parse(String yaml, Map<String, String> environment, Path folder) {
        try {
            var root = new ObjectMapper(
                            new YAMLFactory().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION.mappedFeature()))
                    .readTree(yaml);
            if (!root.isObject() && !root.isMissingNode() && !root.isNull()) {
                throw new SettingsException(
                        List.of("the file: not a map of keys (expected: keys such as gateways and kafka)"));
            }
            return new Settings(new Source(environment, root, new Problems(), new TreeSet<>(), folder), "", root);
        } catch (JsonProcessingException e) {
            var at = e.getLocation();
            throw new SettingsException(List.of("line %d, column %d: not YAML (expected: %s)"
                    .formatted(
                            at == null ? 0 : at.getLineNr(),
                            at == null ? 0 : at.getColumnNr(),
                            firstLine(e.getOriginalMessage()))));
        }
    }

    public Problems problems() {
        return source.problems();
    }

    /** The section below {@code key}; empty where it is absent. */
    public Settings in(String key) {
        return new Settings(source, full(key), node.path(key));
    }

    /** Full path of {@code key}, for messages. */
    public String full(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    /** Full path of this section. */
    public String path() {
        return path;
    }

    /** The names below this section, in the order of the file. */
    public List<String> names() {
        var names = new ArrayList<String>();
        node.fieldNames().forEachRemaining(names::add);
        if (!node.isObject() && !node.isMissingNode() && !node.isNull()) {
            source.asked().add(path);
            problems().add(path, shown(node), "a map of keys");
        }
        return names;
    }

    public boolean has(String key) {
        return raw(key).isPresent() || !node.path(key).isMissingNode();
    }

    public Optional<String> text(String key) {
        return raw(key);
    }

    public String text(String key, String otherwise) {
        return raw(key).orElse(otherwise);
    }

    /** A text that must be there. */
    public String required(String key, String expected) {
        return raw(key).orElseGet(() -> {
            problems().add(full(key), "missing", expected);
            return "";
        });
    }

    public int integer(String key, int otherwise, int min, int max) {
        var expected = "a whole number from %d to %d".formatted(min, max);
        return typed(key, otherwise, expected, text -> {
            var value = Integer.parseInt(text);
            return value < min || value > max ? null : value;
        });
    }

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
        var all = new TreeMap<String, String>();
        source.asked().add(full(key));
        flatten("", node.path(key), all);
        var prefix = variable(full(key)) + "_";
        source.environment().forEach((name, value) -> {
            if (name.startsWith(prefix)) {
                all.put(name.substring(prefix.length()).toLowerCase(Locale.ROOT).replace('_', '.'), value);
                source.asked().add("env " + name);
            }
        });
        return all;
    }

    /** A map of texts as the file has it; keys may be anything. */
    public Map<String, String> map(String key) {
        var all = new LinkedHashMap<String, String>();
        source.asked().add(full(key));
        flatten("", node.path(key), all);
        return all;
    }

    /** A list of texts; a single text is a list of one, commas separate in the environment. */
    public List<String> list(String key) {
        var overridden = environment(key);
        if (overridden.isPresent()) {
            return Arrays.stream(overridden.get().split(",")).map(String::strip).toList();
        }
        source.asked().add(full(key));
        var here = node.path(key);
        var texts = new ArrayList<String>();
        if (here.isArray()) {
            here.forEach(each -> texts.add(each.asText()));
        } else if (here.isValueNode() && !here.isNull()) {
            texts.add(here.asText());
        }
        return texts;
    }

    /**
     * The secrets under {@code key}: references, or {@code {secret: reference, until: instant}}. A reference is
     * {@code env:NAME} or {@code file:PATH}; {@code test:VALUE} is taken only where {@code testAllowed}.
     *
     * @param minLength fewer characters are too short to be a secret
     */
    public List<Secret> secrets(String key, boolean testAllowed, int minLength) {
        var found = new ArrayList<Secret>();
        var overridden = environment(key);
        if (overridden.isPresent()) {
            for (var reference : overridden.get().split(",")) {
                secret(full(key), reference.strip(), Optional.empty(), testAllowed, minLength)
                        .ifPresent(found::add);
            }
        } else {
            source.asked().add(full(key));
            var here = node.path(key);
            var each = here.isArray()
                    ? List.copyOf(elements(here))
                    : here.isMissingNode() || here.isNull() ? List.<JsonNode>of() : List.of(here);
            for (var i = 0; i < each.size(); i++) {
                var at = "%s[%d]".formatted(full(key), i);
                var one = each.get(i);
                var reference = one.isObject() ? one.path("secret").asText("") : one.asText("");
                secret(at, reference, until(at, one), testAllowed, minLength).ifPresent(found::add);
            }
        }
        if (found.isEmpty()) {
            problems()
                    .add(
                            full(key),
                            "none that can be used",
                            "at least one of env:NAME or file:PATH, or nothing can be authentic");
        }
        return found;
    }

    private Optional<Instant> until(String at, JsonNode one) {
        var text = one.path("until").asText("");
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeParseException e) {
            problems().add(at + ".until", text, "an instant, e.g. 2026-12-01T00:00:00Z");
            return Optional.empty();
        }
    }

    private Optional<Secret> secret(
            String at, String reference, Optional<Instant> until, boolean testAllowed, int minLength) {
        var colon = reference.indexOf(':');
        var scheme = colon < 0 ? "" : reference.substring(0, colon);
        var rest = reference.substring(colon + 1);
        var value = switch (scheme) {
            case "env" -> Optional.ofNullable(source.environment().get(rest));
            case "file" -> read(rest);
            case "test" -> testAllowed ? Optional.of(rest) : Optional.<String>empty();
            default -> {
                problems()
                        .add(at, "not a reference", "env:NAME or file:PATH; a secret never stands in the file itself");
                yield null;
            }
        };
        if (value == null) {
            return Optional.empty();
        }
        var shown = scheme.equals("test") ? "test:***" : reference;
        if (scheme.equals("test") && !testAllowed) {
            problems().add(at, shown, "env:NAME or file:PATH; test secrets are for accounts in mode test");
            return Optional.empty();
        }
        var text = value.map(String::strip).orElse("");
        if (text.length() < minLength) {
            var actual = value.isEmpty() ? "is not there" : text.isEmpty() ? "is blank" : "is too short";
            problems().add(at, shown + " " + actual, "a secret of at least %d characters".formatted(minLength));
            return Optional.empty();
        }
        return Optional.of(new Secret(shown, new Secret.Value(text), until));
    }

    private Optional<String> read(String file) {
        try {
            return Optional.of(Files.readString(source.folder().resolve(file)));
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
    }

    /** Adds a problem for every key and variable nobody asked for, then throws if there is any problem. */
    public void verify() {
        var asked = source.asked();
        var present = new LinkedHashSet<String>();
        leaves("", source.root(), present);
        for (var key : present) {
            if (asked.stream()
                    .noneMatch(
                            known -> key.equals(known) || key.startsWith(known + ".") || key.startsWith(known + "["))) {
                problems().add(key, "unknown", "one of " + siblings(key));
            }
        }
        var variables = asked.stream().map(Settings::variable).toList();
        for (var name : source.environment().keySet()) {
            if (name.startsWith("IPN_")
                    && !NOT_SETTINGS.contains(name)
                    && !variables.contains(name)
                    && !asked.contains("env " + name)) {
                problems().add(name, "unknown variable", "IPN_ and a key in capitals, e.g. IPN_INGRESS_PORT");
            }
        }
        problems().throwIfAny();
    }

    private String siblings(String key) {
        var parent = key.contains(".") ? key.substring(0, key.lastIndexOf('.') + 1) : "";
        var near = source.asked().stream()
                .filter(known -> known.startsWith(parent) && !known.startsWith("env "))
                .map(known -> known.substring(parent.length()).split("[.\\[]")[0])
                .filter(name -> !name.isEmpty())
                .distinct()
                .sorted()
                .toList();
        return near.isEmpty() ? "nothing here" : String.join(", ", near);
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
            // noted below, with what was expected
        }
        problems().add(full(key), text.get(), expected);
        return otherwise;
    }

    private Optional<String> raw(String key) {
        var overridden = environment(key);
        if (overridden.isPresent()) {
            return overridden;
        }
        var here = node.path(key);
        if (here.isMissingNode() || here.isNull()) {
            return Optional.empty();
        }
        if (!here.isValueNode()) {
            problems().add(full(key), shown(here), "one value");
            return Optional.empty();
        }
        return Optional.of(here.asText());
    }

    private Optional<String> environment(String key) {
        source.asked().add(full(key));
        return Optional.ofNullable(source.environment().get(variable(full(key))));
    }

    /** The environment variable that overrides a key. */
    static String variable(String key) {
        return "IPN_" + key.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
    }

    private static String kebab(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String shown(JsonNode node) {
        return node.isObject() ? "a map" : node.isArray() ? "a list" : node.asText();
    }

    private static List<JsonNode> elements(JsonNode array) {
        var all = new ArrayList<JsonNode>();
        array.forEach(all::add);
        return all;
    }

    private static void flatten(String prefix, JsonNode node, Map<String, String> into) {
        if (node.isObject()) {
            node.properties()
                    .forEach(each -> flatten(
                            prefix.isEmpty() ? each.getKey() : prefix + "." + each.getKey(), each.getValue(), into));
        } else if (node.isArray()) {
            into.put(
                    prefix,
                    String.join(
                            ",", elements(node).stream().map(JsonNode::asText).toList()));
        } else if (!node.isMissingNode() && !node.isNull()) {
            into.put(prefix, node.asText());
        }
    }

    private static void leaves(String prefix, JsonNode node, Set<String> into) {
        if (node.isObject() && !node.isEmpty()) {
            node.properties()
                    .forEach(each -> leaves(
                            prefix.isEmpty() ? each.getKey() : prefix + "." + each.getKey(), each.getValue(), into));
        } else if (!prefix.isEmpty()) {
            into.add(prefix);
        }
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("");
    }

    /** A section without a file: for tests and for what has only defaults. */
    public static Settings empty() {
        return new Settings(
                new Source(Map.of(), MissingNode.getInstance(), new Problems(), new TreeSet<>(), Path.of("")),
                "",
                MissingNode.getInstance());
    }
}
