package ipn.app.chain;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The values of the placeholders of a case for one run.
 *
 * <p>{@code $(id)}, {@code $(number)} and {@code $(uuid)} are 8 hexadecimal digits, 9 digits and a UUID of this run. A time has a
 * format and a distance from the start of the run, or from a fixed time: {@code $(iso -2d+1h)}, {@code $(unix 0)},
 * {@code $(date 2026-01-31T10:00:00Z+1M)}; units are y, M, d, h, m and s. A text that is only {@code $(unix ...)},
 * {@code $(millis ...)} or {@code $(int 55)} (55 and the 9 digits) becomes a number.
 *
 * @param id of the run; unique, so that runs share one chain
 */
record CaseValues(String id, Instant start) {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\(([a-z-]+)(?: ([^()]*))?\\)");
    private static final Pattern MOMENT = Pattern.compile("(\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z)?((?:[+-]\\d+[yMdhms])*|0)");
    private static final Pattern DISTANCE = Pattern.compile("([+-]\\d+)([yMdhms])");
    private static final int HEX = 16;

    private static final Map<String, Function<ZonedDateTime, String>> FORMATS = Map.of(
            "unix",
            at -> Long.toString(at.toEpochSecond()),
            "millis",
            at -> Long.toString(at.toInstant().toEpochMilli()),
            "millis-text",
            at -> Long.toString(at.toInstant().toEpochMilli()),
            "iso",
            at -> at.toInstant().toString(),
            "iso-millis",
            format("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'", ZoneOffset.UTC),
            "offset",
            format("yyyy-MM-dd'T'HH:mm:ss'+00:00'", ZoneOffset.UTC),
            "date",
            format("yyyy-MM-dd", ZoneOffset.UTC),
            "pacific",
            format("HH:mm:ss MMM dd, yyyy zzz", ZoneId.of("America/Los_Angeles")));

    private static Function<ZonedDateTime, String> format(String pattern, ZoneId zone) {
        var format = DateTimeFormatter.ofPattern(pattern, Locale.US);
        return at -> format.format(at.withZoneSameInstant(zone));
    }

    /** A copy of a JSON value with the placeholders in its names and texts replaced. */
    JsonNode fill(JsonNode value) {
        if (value.isObject()) {
            var filled = JSON.objectNode();
            value.properties().forEach(each -> filled.set(fill(each.getKey()), fill(each.getValue())));
            return filled;
        }
        if (value.isArray()) {
            var filled = JSON.arrayNode();
            value.forEach(each -> filled.add(fill(each)));
            return filled;
        }
        return value.isTextual() ? fillText(value.textValue()) : value;
    }

    private JsonNode fillText(String text) {
        var whole = PLACEHOLDER.matcher(text);
        var numeric = whole.matches() && whole.group(1).matches("unix|millis|int");
        return numeric ? JSON.numberNode(Long.parseLong(fill(text))) : JSON.textNode(fill(text));
    }

    /** A text with its placeholders replaced. */
    String fill(String text) {
        return PLACEHOLDER.matcher(text).replaceAll(found -> value(found));
    }

    private String value(MatchResult found) {
        return switch (found.group(1)) {
            case "id" -> id;
            case "number" -> number();
            case "int" -> found.group(2) + number();
            case "uuid" ->
                UUID.nameUUIDFromBytes(id.getBytes(java.nio.charset.StandardCharsets.UTF_8))
                        .toString();
            default -> format(found).apply(moment(found.group(2)).atZone(ZoneOffset.UTC));
        };
    }

    private static Function<ZonedDateTime, String> format(MatchResult found) {
        var format = FORMATS.get(found.group(1));
        if (format == null) {
            throw new IllegalArgumentException(
                    found.group() + ": unknown placeholder (expected: id, number, uuid, int, or one of "
                            + FORMATS.keySet() + " and a time)");
        }
        return format;
    }

    private String number() {
        return "%09d".formatted(Long.parseLong(id, HEX) % 1_000_000_000);
    }

    private Instant moment(String text) {
        var parts = MOMENT.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException(
                    text + ": not a time (expected: such as -2d+1h, 0 or 2026-01-31T10:00:00Z+1M)");
        }
        var at = (parts.group(1) == null ? start : Instant.parse(parts.group(1))).atZone(ZoneOffset.UTC);
        for (var distance : DISTANCE.matcher(parts.group(2)).results().toList()) {
            at = plus(at, Integer.parseInt(distance.group(1)), distance.group(2).charAt(0));
        }
        return at.toInstant();
    }

    private static ZonedDateTime plus(ZonedDateTime at, int count, char unit) {
        return switch (unit) {
            case 'y' -> at.plus(Period.ofYears(count));
            case 'M' -> at.plus(Period.ofMonths(count));
            case 'd' -> at.plusDays(count);
            case 'h' -> at.plus(count, ChronoUnit.HOURS);
            case 'm' -> at.plus(count, ChronoUnit.MINUTES);
            default -> at.plus(count, ChronoUnit.SECONDS);
        };
    }
}
