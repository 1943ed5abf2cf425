package ipn.operations.imports;

import ipn.fact.Fact.SubscriptionStatus;
import ipn.imported.ImportedSubscription.Period;
import java.time.Instant;
import java.util.Optional;

/**
 * Which period of a subscription is paid for.
 *
 * @param created when the subscription began, if the export has it
 * @param start of the period that the export names
 * @param end of it
 */
record PaidPeriod(Optional<Instant> created, Optional<Instant> start, Optional<Instant> end, Instant asOf) {

    /**
     * Where the period of a renewal begins whether it is paid or not: one that could not be collected is not paid, and the one before it
     * is. What ended before the export is not imported: it gives no access.
     */
    Optional<Period> ofPeriodThatBegan(SubscriptionStatus status) {
        return switch (status) {
            case ACTIVE -> period(end);
            case CANCELED -> period(end.filter(asOf::isBefore));
            case PAST_DUE -> end.filter(asOf::isBefore).isPresent() ? before(start) : period(end);
            case PENDING, TRIALING, UNPAID, PAUSED, EXPIRED -> Optional.empty();
        };
    }

    /** Where the export names the last period that was paid. */
    Optional<Period> ofPeriodThatWasPaid(SubscriptionStatus status) {
        return switch (status) {
            case ACTIVE, PAST_DUE, PAUSED -> period(end);
            case CANCELED -> period(end.filter(asOf::isBefore));
            case PENDING, TRIALING, UNPAID, EXPIRED -> Optional.empty();
        };
    }

    private Optional<Period> period(Optional<Instant> until) {
        return until.map(
                last -> new Period(start.or(() -> created).filter(last::isAfter).orElseGet(() -> first(last)), last));
    }

    /** The period before the one that began; its own start is unknown. */
    private Optional<Period> before(Optional<Instant> until) {
        return until.map(last -> new Period(created.filter(last::isAfter).orElse(last), last));
    }

    private Instant first(Instant last) {
        return asOf.isBefore(last) ? asOf : last;
    }
}
