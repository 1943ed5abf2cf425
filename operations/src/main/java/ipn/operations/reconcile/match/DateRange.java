package ipn.operations.reconcile.match;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The time a report covers: as asked, else from its first line to its last. Not thread-safe. */
final class DateRange {
    /** Reports count whole seconds, notifications milliseconds. */
    private static final long REST_OF_SECOND = 999;

    private final Optional<Instant> since;
    private final Optional<Instant> asked;
    private @Nullable Instant first;
    private @Nullable Instant last;

    DateRange(Optional<Instant> since, Optional<Instant> until) {
        this.since = since;
        this.asked = until;
    }

    void note(Instant line) {
        first = first == null || line.isBefore(first) ? line : first;
        last = last == null || line.isAfter(last) ? line : last;
    }

    @Nullable
    Instant from() {
        return since.orElse(first);
    }

    @Nullable
    Instant until() {
        return asked.orElse(last);
    }

    /** Whether what happened then should be in the report. */
    boolean covers(long millis) {
        var from = from();
        var until = until();
        return from != null
                && until != null
                && millis >= from.toEpochMilli()
                && millis <= until.toEpochMilli() + REST_OF_SECOND;
    }
}
