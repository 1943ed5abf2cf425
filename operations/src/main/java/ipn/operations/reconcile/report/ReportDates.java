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

/** Reads a report's dates. */
final class ReportDates {
    private final ReportLayout.Dates settings;
    private final List<DateTimeFormatter> patterns;

    ReportDates(ReportLayout.Dates settings) {
        this.settings = settings;
        this.patterns = settings.patterns().stream()
                .map(pattern -> DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH))
                .toList();
    }

    /** Empty where no pattern fits. A date without a time is its beginning. */
    Optional<Instant> read(String text) {
        for (var pattern : patterns) {
            try {
                return Optional.of(instant(pattern.parse(text)).truncatedTo(ChronoUnit.MILLIS));
            } catch (DateTimeException e) {
                // the next one may fit
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
