package ipn.operations.reconcile.report;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads dates of a report. */
final class ReportDates {
    private final ReportLayout.Dates settings;
    private final List<DateTimeFormatter> patterns;

    ReportDates(ReportLayout.Dates settings) {
        this.settings = settings;
        this.patterns = settings.patterns().stream()
                .map(pattern -> DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH))
                .toList();
    }

    /** The instant of a date; empty if no pattern matches. A date without a time means its beginning. */
    Optional<Instant> read(String text) {
        for (var pattern : patterns) {
            try {
                return Optional.of(instant(pattern.parse(text)).truncatedTo(ChronoUnit.MILLIS));
            } catch (DateTimeException e) {
                // try the next one
            }
        }
        return Optional.empty();
    }

    private Instant instant(TemporalAccessor parsed) {
        var time = parsed.query(TemporalQueries.localTime());
        var zone = parsed.query(TemporalQueries.zone());
        return LocalDate.from(parsed)
                .atTime(time == null ? LocalTime.MIDNIGHT : time)
                .atZone(zone == null ? settings.zone() : zone)
                .toInstant();
    }
}
