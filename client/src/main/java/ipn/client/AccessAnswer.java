package ipn.client;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What holds at the time of the question, and why.
 *
 * @param status at that time
 * @param reason why: the code of the decision, {@code RAN_OUT} or {@code PAYMENT_FAILED} where time has passed since, or one of the codes
 *     in {@link AccessRules}
 * @param decision the newest decision; empty if none is known, or if the status is {@link AccessStatus#UNKNOWN}
 * @param overdue what is paid for has ended, and the next decision has not arrived yet; until then the last one holds
 * @param age how old the data is: the time since the cache was known to have every committed record; empty if it never was
 * @param stale whether the data is older than the cache usually keeps it
 * @param at the time of the question
 */
public record AccessAnswer(
        AccessKey key,
        AccessStatus status,
        String reason,
        Optional<AccessDecision> decision,
        boolean overdue,
        Optional<Duration> age,
        boolean stale,
        Instant at) {

    /** Whether the subject may use the entitlement. False if that is unknown: see {@link #isKnown}. */
    public boolean isAllowed() {
        return status.givesAccess();
    }

    /** Whether the answer is based on data that is new enough for the caller. */
    public boolean isKnown() {
        return status != AccessStatus.UNKNOWN;
    }

    /** The revision of the decision; 0 without one. */
    public long revision() {
        return decision.map(AccessDecision::revision).orElse(0L);
    }

    /** End of what is paid for, or when access ended. */
    public Optional<Instant> until() {
        return status == AccessStatus.ENDED ? endedAt() : decision.flatMap(AccessDecision::until);
    }

    private Optional<Instant> endedAt() {
        return decision.flatMap(
                last -> last.status() == AccessStatus.GRACE ? last.graceUntil().or(last::until) : last.until());
    }

    /** End of grace, while the status is {@link AccessStatus#GRACE}. */
    public Optional<Instant> graceUntil() {
        return status == AccessStatus.GRACE ? decision.flatMap(AccessDecision::graceUntil) : Optional.empty();
    }
}
