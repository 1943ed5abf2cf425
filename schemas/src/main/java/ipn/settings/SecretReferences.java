package ipn.settings;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Reads the secrets that references name.
 *
 * @param testAllowed accepts {@code test:VALUE}, a secret written in the file itself
 * @param minLength in characters; a shorter secret is a problem
 * @param looksUp false: only the form of the references is checked, and no secret is returned
 */
record SecretReferences(Source source, boolean testAllowed, int minLength, boolean looksUp) {
    private static final String A_REFERENCE = "env:NAME or file:PATH";

    /** A reference in a form that can be shown, and what looks up the text it names; empty if there is none. */
    private record Found(String shown, Supplier<Optional<String>> lookUp) {}

    /** From the environment: references separated by commas. */
    List<Secret> ofText(String key, String references) {
        var secrets = new ArrayList<Secret>();
        Arrays.stream(references.split(","))
                .forEach(each -> read(key, each.strip(), Optional.empty()).ifPresent(secrets::add));
        return secrets;
    }

    /** One reference, without an end. */
    Optional<Secret> ofOne(String key, String reference) {
        return read(key, reference.strip(), Optional.empty());
    }

    /** From the file: a reference, {@code {secret: reference, until: instant}}, or a list of these. */
    List<Secret> ofNode(String key, JsonNode node) {
        var each = node.isArray() ? Yaml.elements(node) : Yaml.absent(node) ? List.<JsonNode>of() : List.of(node);
        var secrets = new ArrayList<Secret>();
        for (var i = 0; i < each.size(); i++) {
            ofElement("%s[%d]".formatted(key, i), each.get(i)).ifPresent(secrets::add);
        }
        return secrets;
    }

    private Optional<Secret> ofElement(String at, JsonNode one) {
        if (!one.isObject()) {
            return read(at, one.asText(""), Optional.empty());
        }
        one.fieldNames().forEachRemaining(name -> {
            if (!Set.of("secret", "until").contains(name)) {
                source.problems().add(at + "." + name, "unknown", "one of secret, until");
            }
        });
        return read(
                at, one.path("secret").asText(""), until(at, one.path("until").asText("")));
    }

    private Optional<Instant> until(String at, String text) {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeParseException e) {
            source.problems().add(at + ".until", text, "an instant, e.g. 2026-12-01T00:00:00Z");
            return Optional.empty();
        }
    }

    private Optional<Secret> read(String at, String reference, Optional<Instant> until) {
        var found = find(at, reference);
        if (found.isEmpty() || !looksUp) {
            return Optional.empty();
        }
        var named = found.get().lookUp().get();
        var text = named.map(String::strip).orElse("");
        if (text.length() >= minLength) {
            return Optional.of(new Secret(found.get().shown(), new Secret.Value(text), until));
        }
        var actual = named.isEmpty()
                ? found.get().shown().startsWith("file:") ? "cannot be read" : "is not set"
                : text.isEmpty() ? "is blank" : "is too short";
        source.problems()
                .add(
                        at,
                        found.get().shown() + " " + actual,
                        minLength > 1 ? "a secret of at least %d characters".formatted(minLength) : "a secret");
        return Optional.empty();
    }

    /** Empty if the reference itself is wrong, which becomes a problem. The text is not shown then: it could be the secret. */
    private Optional<Found> find(String at, String reference) {
        var colon = reference.indexOf(':');
        var scheme = colon < 0 ? "" : reference.substring(0, colon);
        var rest = reference.substring(colon + 1);
        if (scheme.equals("test") && !testAllowed) {
            source.problems()
                    .add(at, Secret.WRITTEN_IN_SETTINGS, A_REFERENCE + "; test secrets are for accounts in mode test");
            return Optional.empty();
        }
        return switch (scheme) {
            case "env" ->
                Optional.of(new Found(
                        reference,
                        () -> Optional.ofNullable(source.environment().get(rest))));
            case "file" -> Optional.of(new Found(reference, () -> content(rest)));
            case "test" -> Optional.of(new Found(Secret.WRITTEN_IN_SETTINGS, () -> Optional.of(rest)));
            default -> {
                source.problems()
                        .add(at, "not a reference", A_REFERENCE + "; a secret is never written in the file itself");
                yield Optional.empty();
            }
        };
    }

    private Optional<String> content(String file) {
        try {
            var path = source.folder().resolve(file);
            var content = read(path);
            source.files().add(path, content);
            return content;
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> read(Path file) {
        try {
            return Optional.of(Files.readString(file));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
