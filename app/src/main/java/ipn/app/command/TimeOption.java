package ipn.app.command;

import ipn.app.UserException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** Reads the options {@code --since} and {@code --until}, which mean the same in every command: the limits of a range of time. */
public final class TimeOption {
    private static final String EXPECTED =
            "a time such as 2026-09-01T00:00:00Z, a day in UTC such as 2026-09-01, or a duration before now such as P7D";

    private TimeOption() {}

    /**
     * The start of a range; a day begins at midnight.
     *
     * @throws UserException if the text is none of the expected forms
     */
    public static Instant start(String option, String text, Instant now) {
        return isDay(text) ? day(option, text).atStartOfDay(ZoneOffset.UTC).toInstant() : instant(option, text, now);
    }

    /**
     * The end of a range; a day is included.
     *
     * @throws UserException if the text is none of the expected forms
     */
    public static Instant end(String option, String text, Instant now) {
        return isDay(text)
                ? day(option, text)
                        .plusDays(1)
                        .atStartOfDay(ZoneOffset.UTC)
                        .toInstant()
                        .minusMillis(1)
                : instant(option, text, now);
    }

    /**
     * A limit of a range of whole days.
     *
     * @throws UserException if the text is not a day
     */
    public static LocalDate day(String option, String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException e) {
            throw UserException.usage("%s: %s (expected: a day such as 2026-09-01)".formatted(option, text));
        }
    }

    private static boolean isDay(String text) {
        return text.matches("[0-9]{4}-[0-9]{2}-[0-9]{2}");
    }

    private static Instant instant(String option, String text, Instant now) {
        try {
            return text.startsWith("P") ? now.minus(Duration.parse(text).abs()) : Instant.parse(text);
        } catch (DateTimeException | ArithmeticException e) {
            throw UserException.usage("%s: %s (expected: %s)".formatted(option, text, EXPECTED));
        }
    }
}
