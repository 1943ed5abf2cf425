package ipn.operations.imports;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Times of exports: seconds or milliseconds since 1970, ISO 8601, or the date and time of a dashboard, in UTC. */
public final class ExportTimes {
    private static final Pattern SECONDS = Pattern.compile("[0-9]{9,10}");
    private static final Pattern MILLIS = Pattern.compile("[0-9]{12,13}");
    private static final DateTimeFormatter DASHBOARD =
            DateTimeFormatter.ofPattern("yyyy-MM-dd[ ]['T']HH:mm[:ss][.SSS]", Locale.ROOT);

    private ExportTimes() {}

    /** The first of these fields that is not blank. */
    public static Optional<Instant> time(ExportLine line, String... pointers) {
        return line.text(pointers).map(text -> read(text, pointers[0]));
    }

    private static Instant read(String text, String name) {
        try {
            return instant(text).truncatedTo(ChronoUnit.MILLIS);
        } catch (DateTimeException e) {
            throw new LineException(
                    "%s: not a time (expected: such as 2026-09-01T12:00:00Z, 2026-09-01 12:00, or seconds since 1970)"
                            .formatted(name));
        }
    }

    private static Instant instant(String text) {
        if (SECONDS.matcher(text).matches()) {
            return Instant.ofEpochSecond(Long.parseLong(text));
        }
        if (MILLIS.matcher(text).matches()) {
            return Instant.ofEpochMilli(Long.parseLong(text));
        }
        if (text.matches("[0-9]{4}-[0-9]{2}-[0-9]{2}")) {
            return LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
        }
        return text.matches(".*(Z|[+-][0-9]{2}:?[0-9]{2})")
                ? OffsetDateTime.parse(text.replace(' ', 'T')).toInstant()
                : LocalDateTime.parse(text, DASHBOARD).toInstant(ZoneOffset.UTC);
    }
}
