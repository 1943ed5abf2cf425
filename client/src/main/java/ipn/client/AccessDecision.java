package ipn.client;

import java.time.Instant;
import java.util.Optional;

/**
 * The newest decision of the pipeline about a subject and an entitlement, as its record states it. Time may have passed since: an
 * {@link AccessAnswer} says what holds now.
 *
 * @param revision strictly grows with each decision about the same key
 * @param status when it was decided
 * @param reason a code such as {@code PAID}; a later version of the pipeline may have more of them
 * @param from start of access
 * @param until end of what is paid for; empty: no end. For {@link AccessStatus#ENDED}: when it ended
 * @param graceUntil end of grace; only with {@link AccessStatus#GRACE}
 * @param product of the claim that decides
 * @param decidedBy payment key of the claim that decides, or {@code decision/<id>} where a person granted access
 * @param decidedAt by the pipeline's clock
 * @param policyVersion version of the product catalogue that decided
 * @param test whether the money was test money
 */
public record AccessDecision(
        long revision,
        AccessStatus status,
        String reason,
        Optional<Instant> from,
        Optional<Instant> until,
        Optional<Instant> graceUntil,
        Optional<String> product,
        Optional<String> decidedBy,
        Instant decidedAt,
        String policyVersion,
        boolean test) {}
