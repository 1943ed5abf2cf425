package ipn.client;

import java.util.Optional;

/**
 * A change of what is decided about a subject and an entitlement.
 *
 * @param before empty: there was no decision
 * @param after empty: the decision was deleted
 */
public record AccessChange(AccessKey key, Optional<AccessDecision> before, Optional<AccessDecision> after) {}
