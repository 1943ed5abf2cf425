package ipn.operations.reconcile.match;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The time that is compared: as the caller says, or else from the time of the earliest line of the report to that of its latest. Not thread-safe. */
final class DateRange {
    private final Optional<Instant> since;
    private final Optional<Instant> until;
    private @Nullable Instant earliest;
    private @Nullable Instant latest;

    DateRange(LineChoice choice) {
        this.since = choice.since();
        this.until = choice.until();
    }

    /** Extends the range by the time of a line. */
    void add(Instant line) {
        earliest = earliest == null || line.isBefore(earliest) ? line : earliest;
        latest = latest == null || line.isAfter(latest) ? line : latest;
    }

    @Nullable
    Instant from() {
        return since.orElse(earliest);
    }

    @Nullable
    Instant until() {
        return until.orElse(latest);
    }

    boolean contains(long epochMillis) {
        var from = from();
        var to = until();
        return from != null
                && to != null
                && epochMillis >= from.toEpochMilli()
                && epochMillis <= to.toEpochMilli() + LineChoice.REST_OF_SECOND_MILLIS;
    }
}
