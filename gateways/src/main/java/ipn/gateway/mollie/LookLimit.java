package ipn.gateway.mollie;

import ipn.gateway.RateLimit;
import ipn.gateway.Verdict.Undecided;
import java.time.Instant;
import java.util.Optional;

/**
 * How often a second unsigned webhooks make us ask Mollie. Anybody can send them, and every look-up is one with our key, of which
 * Mollie allows only so many.
 */
record LookLimit(int perSecond, RateLimit rate) {
    static LookLimit of(int perSecond) {
        return new LookLimit(perSecond, RateLimit.of(perSecond));
    }

    /** Counts one more; the verdict where it is one too many. */
    Optional<Undecided> exceeded(Instant now) {
        return rate.allows(now)
                ? Optional.empty()
                : Optional.of(new Undecided(
                        "more than " + Integer.toString(perSecond) + " look-ups a second (see looks-per-second)"));
    }
}
