package ipn.access.http;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Values of a JSON object that a client sent.
 *
 * @param path where the object is, for messages
 */
public record Fields(String path, JsonObject json) {
    /** Texts have at most so many characters. */
    public static final int TEXT_MAX = 512;

    private static final BigDecimal AGE_MAX_SECONDS = BigDecimal.valueOf(366L * 24 * 3600);

    /** The whole body. */
    public static Fields of(JsonObject body) {
        return new Fields("", body);
    }

    /** A text that must be there. */
    public String text(String name) {
        return optionalText(name).orElseThrow(() -> wrong(name, "a text").exception());
    }

    /** A text; empty where it is absent or null. */
    public Optional<String> optionalText(String name) {
        var value = json.getValue(name);
        if (value == null) {
            return Optional.empty();
        }
        if (!(value instanceof String text) || text.isEmpty() || text.length() > TEXT_MAX) {
            throw wrong(name, "a text of 1 to %d characters".formatted(TEXT_MAX))
                    .exception();
        }
        return Optional.of(text);
    }

    /** An object; empty where it is absent or null. */
    public Optional<Fields> object(String name) {
        var value = json.getValue(name);
        if (value == null) {
            return Optional.empty();
        }
        if (!(value instanceof JsonObject object)) {
            throw wrong(name, "an object").exception();
        }
        return Optional.of(new Fields(at(name) + ".", object));
    }

    /** The objects of a list; empty where it is absent or null. */
    public List<Fields> objects(String name, int max) {
        var value = json.getValue(name);
        if (value == null) {
            return List.of();
        }
        if (!(value instanceof JsonArray array)
                || array.size() > max
                || !array.stream().allMatch(JsonObject.class::isInstance)) {
            throw wrong(name, "a list of at most %d objects".formatted(max)).exception();
        }
        return array.stream()
                .map(each -> new Fields(at(name) + "[].", (JsonObject) each))
                .toList();
    }

    /** An age in seconds; empty where it is absent or null. */
    public Optional<Duration> age(String name) {
        var value = json.getValue(name);
        if (value == null) {
            return Optional.empty();
        }
        if (!(value instanceof Number number)) {
            throw wrong(name, "a number of seconds").exception();
        }
        return Optional.of(age(name, number.toString()));
    }

    /** An age in seconds, as a text. */
    public static Duration age(String name, String text) {
        var seconds = text.matches("[0-9]{1,9}(\\.[0-9]{1,9})?") ? new BigDecimal(text) : null;
        if (seconds == null || seconds.compareTo(AGE_MAX_SECONDS) > 0) {
            throw Problem.badRequest("%s: not an age (expected: seconds, such as 5 or 0.5)".formatted(name))
                    .exception();
        }
        return Duration.ofNanos(seconds.movePointRight(9).longValue());
    }

    private Problem wrong(String name, String expected) {
        return Problem.badRequest("%s: missing or wrong (expected: %s)".formatted(at(name), expected));
    }

    private String at(String name) {
        return path + name;
    }
}
