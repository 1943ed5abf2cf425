package ipn.gateway.content;

import ipn.topics.Reason;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads times and checks that they are plausible. The gateway's clock decides which of two statements is newer, so a statement
 * with a time in the far future would never be replaced.
 *
 * @param receivedAt time of receipt of the delivery, by our clock
 */
public record Times(Instant receivedAt) {
    /** No gateway is older; an earlier time uses another epoch. */
    private static final Instant FIRST = Instant.parse("2000-01-01T00:00:00Z");

    private static final Pattern DIGITS = Pattern.compile("-?[0-9]{1,18}");

    private static final Duration AHEAD_MAX = Duration.ofHours(48);

    /** Periods and trials end after the event, but no later than this. */
    private static final Duration PLANNED_AHEAD_MAX = Duration.ofDays(30 * 366);

    /**
     * Checks the time of an event and truncates it to milliseconds.
     *
     * @throws RefusedException TIME_OUT_OF_RANGE
     */
    public Instant occurred(Instant time, String where) {
        return within(time, receivedAt.plus(AHEAD_MAX), where);
    }

    /**
     * Checks a planned time, such as the end of a period, and truncates it to milliseconds.
     *
     * @throws RefusedException TIME_OUT_OF_RANGE
     */
    public Instant planned(Instant time, String where) {
        return within(time, receivedAt.plus(PLANNED_AHEAD_MAX), where);
    }

    /**
     * A planned time in seconds since 1970; empty if absent.
     *
     * @throws RefusedException INVALID_TIME or TIME_OUT_OF_RANGE
     */
    public Optional<Instant> plannedSeconds(JsonField field) {
        return field.isPresent() ? Optional.of(planned(seconds(field), field.pointer())) : Optional.empty();
    }

    /**
     * A mandatory time in whole seconds since 1970.
     *
     * @throws RefusedException MISSING_FIELD, INVALID_TIME or TIME_OUT_OF_RANGE
     */
    public static Instant seconds(JsonField field) {
        var seconds = field.number(Reason.INVALID_TIME);
        if (seconds.abs().compareTo(BigDecimal.valueOf(1_000_000_000_000L)) > 0) {
            throw new RefusedException(Reason.TIME_OUT_OF_RANGE, field.pointer() + ": out of range");
        }
        if (seconds.stripTrailingZeros().scale() > 0) {
            throw new RefusedException(Reason.INVALID_TIME, field.pointer() + ": not in whole seconds since 1970");
        }
        return Instant.ofEpochSecond(seconds.longValueExact());
    }

    /**
     * A mandatory time in whole milliseconds since 1970, as a number or as text.
     *
     * @throws RefusedException MISSING_FIELD, INVALID_TIME or TIME_OUT_OF_RANGE
     */
    public static Instant millis(JsonField field) {
        var digits =
                field.required().glance().filter(text -> DIGITS.matcher(text).matches());
        return digits.map(text -> Instant.ofEpochMilli(Long.parseLong(text)))
                .orElseThrow(() -> new RefusedException(
                        Reason.INVALID_TIME, field.pointer() + ": not in whole milliseconds since 1970"));
    }

    /**
     * A planned time in milliseconds since 1970; empty if absent.
     *
     * @throws RefusedException INVALID_TIME or TIME_OUT_OF_RANGE
     */
    public Optional<Instant> plannedMillis(JsonField field) {
        return field.isPresent() ? Optional.of(planned(millis(field), field.pointer())) : Optional.empty();
    }

    /**
     * A mandatory time as ISO 8601 text with an offset, or as seconds since 1970.
     *
     * @throws RefusedException MISSING_FIELD, INVALID_TIME or TIME_OUT_OF_RANGE
     */
    public static Instant isoOrSeconds(JsonField field) {
        return field.required().node().isTextual() ? iso(field.node().textValue(), field.pointer()) : seconds(field);
    }

    /**
     * Parses a time as ISO 8601 text with an offset.
     *
     * @throws RefusedException INVALID_TIME
     */
    public static Instant iso(String text, String where) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw new RefusedException(Reason.INVALID_TIME, where + ": not a time such as 2026-09-01T12:00:00Z");
        }
    }

    private static Instant within(Instant time, Instant last, String where) {
        if (time.isBefore(FIRST) || time.isAfter(last)) {
            throw new RefusedException(
                    Reason.TIME_OUT_OF_RANGE, where + ": in the far future, or before the year 2000");
        }
        return time.truncatedTo(ChronoUnit.MILLIS);
    }
}
