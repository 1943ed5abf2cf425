package ipn.client;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the newest decision means at the time of a question. Clients in other languages follow the same rules; {@code vectors.json} beside
 * this class has examples of all of them.
 *
 * @param overdueMax how long a decision {@link AccessStatus#ACTIVE} holds after its end while no newer one has arrived
 * @param staleAfter the age from which data counts as stale
 */
public record AccessRules(Duration overdueMax, Duration staleAfter) {
    /** The reason of {@link AccessStatus#NONE}. */
    public static final String NEVER_GRANTED = "NEVER_GRANTED";
    /** The reason of {@link AccessStatus#UNKNOWN} while the data is not loaded. */
    public static final String NOT_LOADED = "NOT_LOADED";
    /** The reason of {@link AccessStatus#UNKNOWN} where the data is older than the caller accepts. */
    public static final String TOO_OLD = "TOO_OLD";
    /** The reason of {@link AccessStatus#UNKNOWN} where the subject belongs to a partition that this cache does not follow. */
    public static final String NOT_FOLLOWED = "NOT_FOLLOWED";

    private static final String RAN_OUT = "RAN_OUT";
    private static final String PAYMENT_FAILED = "PAYMENT_FAILED";

    /** Status and reason at a time. */
    private record Now(AccessStatus status, String reason, boolean overdue) {}

    /**
     * Answers a question.
     *
     * @param decision the newest one; null if there is none
     * @param asOf when the cache was last known to have every committed record; null: never
     */
    public AccessAnswer answer(
            AccessQuestion question, @Nullable AccessDecision decision, @Nullable Instant asOf, Instant at) {
        if (asOf == null) {
            return unknown(question.key(), NOT_LOADED, Optional.empty(), at);
        }
        var age = age(asOf, at);
        if (question.maxAge().isPresent() && age.compareTo(question.maxAge().get()) > 0) {
            return unknown(question.key(), TOO_OLD, Optional.of(age), at);
        }
        var now = decision == null ? new Now(AccessStatus.NONE, NEVER_GRANTED, false) : now(decision, at);
        return new AccessAnswer(
                question.key(),
                now.status(),
                now.reason(),
                Optional.ofNullable(decision),
                now.overdue(),
                Optional.of(age),
                age.compareTo(staleAfter) > 0,
                at);
    }

    /** The answer where nothing can be said. */
    public static AccessAnswer unknown(AccessKey key, String reason, Optional<Duration> age, Instant at) {
        return new AccessAnswer(key, AccessStatus.UNKNOWN, reason, Optional.empty(), false, age, true, at);
    }

    /** A clock that was set back makes no data younger than new. */
    private static Duration age(Instant asOf, Instant at) {
        return at.isBefore(asOf) ? Duration.ZERO : Duration.between(asOf, at);
    }

    private Now now(AccessDecision decision, Instant at) {
        return switch (decision.status()) {
            case ACTIVE -> active(decision, at);
            case GRACE ->
                hasPassed(decision.graceUntil(), at)
                        ? new Now(AccessStatus.ENDED, endOfGrace(decision), false)
                        : new Now(AccessStatus.GRACE, decision.reason(), false);
            case SUSPENDED, ENDED, NONE, UNKNOWN -> new Now(decision.status(), decision.reason(), false);
        };
    }

    /**
     * After the end of a paid period the pipeline decides within moments whether access goes on in grace. While that decision is overdue
     * the last one holds, so that a pipeline that stands still does not cut off users who pay; but not for ever.
     */
    private Now active(AccessDecision decision, Instant at) {
        if (!hasPassed(decision.until(), at)) {
            return new Now(AccessStatus.ACTIVE, decision.reason(), false);
        }
        return hasPassed(decision.until().map(until -> until.plus(overdueMax)), at)
                ? new Now(AccessStatus.ENDED, RAN_OUT, false)
                : new Now(AccessStatus.ACTIVE, decision.reason(), true);
    }

    private static String endOfGrace(AccessDecision decision) {
        return decision.reason().equals(PAYMENT_FAILED) ? PAYMENT_FAILED : RAN_OUT;
    }

    private static boolean hasPassed(Optional<Instant> end, Instant at) {
        return end.isPresent() && !at.isBefore(end.get());
    }
}
