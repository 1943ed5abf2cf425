package ipn.gateway.mollie;

import ipn.gateway.RateLimit;
import ipn.gateway.Verdict.Undecided;
import java.time.Instant;
import java.util.Optional;

/**
 * Limits the look-ups per second caused by unsigned webhooks. Anyone can send them, and each look-up counts against Mollie's
 * rate limit for our key.
 */
record LookLimit(int perSecond, RateLimit rate) {
    static LookLimit of(int perSecond) {
        return new LookLimit(perSecond, RateLimit.of(perSecond));
    }

    /** Counts one look-up; returns a verdict if the limit is exceeded. */
    Optional<Undecided> exceeded(Instant now) {
        return rate.allows(now)
                ? Optional.empty()
                : Optional.of(new Undecided(
                        "more than " + Integer.toString(perSecond) + " look-ups a second (see looks-per-second)"));
    }
}
