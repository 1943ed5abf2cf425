package ipn.operations.reconcile;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAccessor;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads a report's dates. */
final class ReportDates {
    private final Layout.Dates settings;
    private final List<DateTimeFormatter> patterns;

    ReportDates(Layout.Dates settings) {
        this.settings = settings;
        this.patterns = settings.patterns().stream()
                .map(pattern -> DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH))
                .toList();
    }

    /** Empty where no pattern fits. A date without a time is its beginning. */
    Optional<Instant> read(String text) {
        for (var pattern : patterns) {
            try {
                var parsed = pattern.parseBest(text, ZonedDateTime::from, LocalDateTime::from, LocalDate::from);
                return Optional.of(instant(parsed).truncatedTo(ChronoUnit.MILLIS));
            } catch (DateTimeException e) {
                // the next one may fit
            }
        }
        return Optional.empty();
    }

    private Instant instant(TemporalAccessor parsed) {
        if (parsed instanceof ZonedDateTime zoned) {
            return zoned.toInstant();
        }
        return parsed instanceof LocalDateTime local
                ? local.atZone(settings.zone()).toInstant()
                : ((LocalDate) parsed).atStartOfDay(settings.zone()).toInstant();
    }
}
