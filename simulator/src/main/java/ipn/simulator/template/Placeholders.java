package ipn.simulator.template;

import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The placeholders in the text of one template.
 *
 * @param template its name, for error messages
 */
record Placeholders(String template, Set<String> names) {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([a-z_.-]+)(\\?)?}");

    static Placeholders in(String template, String text) {
        var names =
                PLACEHOLDER.matcher(text).results().map(match -> match.group(1)).collect(Collectors.toSet());
        if (PLACEHOLDER.matcher(text).replaceAll("").contains("${")) {
            throw new TemplateException(template
                    + ": a placeholder is malformed (expected: ${name} or ${name?}, in small letters, - _ and .)");
        }
        return new Placeholders(template, names);
    }

    /** Checks that the template uses every value it was given. */
    void requireAllUsed(TemplateValues values) {
        for (var name : values.given()) {
            if (!names.contains(name)) {
                throw new TemplateException(template + ": has no placeholder ${" + name + "} for the value given");
            }
        }
    }

    /** The name of the placeholder that is the whole text, with its question mark; empty if the text is anything else. */
    static Optional<String> whole(String text) {
        return PLACEHOLDER.matcher(text).matches() ? Optional.of(inner(text)) : Optional.empty();
    }

    /** {@code name} or {@code name?} of a placeholder. */
    static String inner(String placeholder) {
        return placeholder.substring(2, placeholder.length() - 1);
    }

    /** The text with its placeholders replaced; empty if an optional placeholder has no value. */
    Optional<String> fill(String text, TemplateValues values, Function<Object, String> write) {
        var filled = new StringBuilder();
        var match = PLACEHOLDER.matcher(text);
        var end = 0;
        while (match.find()) {
            var value = value(inner(match.group()), values);
            if (value.isEmpty()) {
                return Optional.empty();
            }
            filled.append(text, end, match.start()).append(write.apply(value.get()));
            end = match.end();
        }
        return Optional.of(filled.append(text.substring(end)).toString());
    }

    /** The value of a placeholder, which may be JSON's null; empty if it is optional and has none. */
    Optional<Object> value(String placeholder, TemplateValues values) {
        var optional = placeholder.endsWith("?");
        var name = optional ? placeholder.substring(0, placeholder.length() - 1) : placeholder;
        var value = values.find(name)
                .orElseThrow(() -> new TemplateException(template + ": the placeholder ${" + name
                        + "} has no value (expected: a value given for it, or one of "
                        + TemplateValues.standardNames() + ")"));
        if (!(value instanceof Optional<?> maybe)) {
            return Optional.of(value);
        }
        if (maybe.isEmpty() && !optional) {
            throw new TemplateException(
                    template + ": ${" + name + "} has no value this time (expected: ${" + name + "?})");
        }
        return maybe.map(present -> present);
    }
}
