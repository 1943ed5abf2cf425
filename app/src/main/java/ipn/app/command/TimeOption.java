package ipn.app.command;

import ipn.app.UserException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.function.Supplier;

/**
 * Reads times of options. {@code --since} and {@code --until} mean the same in every command: the limits of a range of time. No time is
 * before 1970 or after the year 9999, because Kafka and Avro store no others.
 */
public final class TimeOption {
    static final String TIME = "a time such as 2026-09-01T12:00:00Z";
    static final String DAY = "a day such as 2026-09-01";
    static final String WHEN =
            "a time such as 2026-09-01T00:00:00Z, a day in UTC such as 2026-09-01, or a duration before now such as P7D";
    static final String DEADLINE =
            "a time after now such as 2026-09-01T12:00:00Z, or a duration from now such as PT30M, at most 10 years away";

    private static final Duration DEADLINE_MAX = Duration.ofDays(3_653);
    private static final Instant EARLIEST = Instant.EPOCH;
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    private TimeOption() {}

    /**
     * The start of a range; a day begins at midnight.
     *
     * @throws UserException if the text is none of the expected forms
     */
    public static Instant start(String option, String text, Instant now) {
        return hasFormOfDay(text)
                ? day(option, text).atStartOfDay(ZoneOffset.UTC).toInstant()
                : read(option, text, WHEN, () -> before(text, now));
    }

    /**
     * The end of a range; a day is included.
     *
     * @throws UserException if the text is none of the expected forms
     */
    public static Instant end(String option, String text, Instant now) {
        return hasFormOfDay(text)
                ? day(option, text)
                        .plusDays(1)
                        .atStartOfDay(ZoneOffset.UTC)
                        .toInstant()
                        .minusMillis(1)
                : read(option, text, WHEN, () -> before(text, now));
    }

    /**
     * A limit of a range of whole days.
     *
     * @throws UserException if the text is not a day
     */
    public static LocalDate day(String option, String text) {
        return LocalDate.ofInstant(
                read(
                        option,
                        text,
                        DAY,
                        () -> LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()),
                ZoneOffset.UTC);
    }

    /**
     * A point in time.
     *
     * @throws UserException if the text is not a time
     */
    public static Instant time(String option, String text) {
        return read(option, text, TIME, () -> Instant.parse(text));
    }

    /**
     * A deadline, in whole milliseconds.
     *
     * @throws UserException if the text is neither a time nor a duration, or not in the future
     */
    public static Instant deadline(String option, String text, Instant now) {
        var time = read(
                option,
                text,
                DEADLINE,
                () -> text.startsWith("P") ? now.plus(Duration.parse(text)) : Instant.parse(text));
        if (!time.isAfter(now) || time.isAfter(now.plus(DEADLINE_MAX))) {
            throw wrong(option, text, DEADLINE);
        }
        return time.truncatedTo(ChronoUnit.MILLIS);
    }

    static boolean isWhen(String text) {
        return isReadable(() -> start("", text, LATEST));
    }

    static boolean isDay(String text) {
        return isReadable(() -> day("", text));
    }

    static boolean isTime(String text) {
        return isReadable(() -> time("", text));
    }

    /** Whether it has the form of a deadline; whether it is in the future depends on the time, see {@link #deadline}. */
    static boolean isDeadline(String text) {
        return text.startsWith("P") ? isReadable(() -> deadline("", text, EARLIEST)) : isTime(text);
    }

    private static boolean isReadable(Supplier<?> reading) {
        try {
            return reading.get() != null;
        } catch (UserException e) {
            return false;
        }
    }

    private static boolean hasFormOfDay(String text) {
        return text.matches("[0-9]{4}-[0-9]{2}-[0-9]{2}");
    }

    private static Instant before(String text, Instant now) {
        return text.startsWith("P") ? now.minus(Duration.parse(text).abs()) : Instant.parse(text);
    }

    private static Instant read(String option, String text, String expected, Supplier<Instant> reading) {
        try {
            var time = reading.get();
            if (!time.isBefore(EARLIEST) && !time.isAfter(LATEST)) {
                return time;
            }
        } catch (DateTimeException | ArithmeticException e) {
            throw wrong(option, text, expected);
        }
        throw wrong(option, text, expected);
    }

    private static UserException wrong(String option, String text, String expected) {
        return UserException.usage("%s: %s (expected: %s)".formatted(option, text, expected));
    }
}
