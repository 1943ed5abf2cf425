package ipn.operations.shadow;

import ipn.operations.imports.ExportLine;
import ipn.operations.imports.ExportTimes;
import ipn.operations.imports.LineException;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * What the other system gives a subject.
 *
 * @param until end of access; empty: unknown, or none
 * @param open false: it knows the subject, and gives no access
 */
public record OtherAccess(Place place, Optional<Instant> until, boolean open) {
    private static final Set<String> OPEN = Set.of("", "active", "grace", "trialing", "trial", "past_due");
    private static final Set<String> CLOSED =
            Set.of("ended", "suspended", "expired", "canceled", "cancelled", "inactive", "paused", "unpaid", "none");

    /**
     * Columns subject, entitlement, scope, until and status; the first two are required.
     *
     * @throws LineException if the line cannot be read
     */
    static OtherAccess read(ExportLine line, Instant now) {
        var status = line.word("/status").orElse("");
        if (!OPEN.contains(status) && !CLOSED.contains(status)) {
            throw new LineException(
                    "status: unknown (expected: active, grace, trialing, past_due, or ended, suspended, expired, canceled, paused, unpaid, inactive)");
        }
        var until = ExportTimes.time(line, "/until");
        var place = new Place(
                line.required("subject", "/subject"),
                line.required("entitlement", "/entitlement"),
                line.text("/scope"));
        return new OtherAccess(
                place,
                until,
                OPEN.contains(status) && until.filter(end -> !end.isAfter(now)).isEmpty());
    }

    /** Of several lines about one place, the one that gives access longest. */
    OtherAccess better(OtherAccess other) {
        if (open != other.open) {
            return open ? this : other;
        }
        return until.isEmpty() || other.until.isPresent() && until.get().isAfter(other.until.get()) ? this : other;
    }
}
