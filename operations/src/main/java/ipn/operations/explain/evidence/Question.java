package ipn.operations.explain.evidence;

import java.time.Instant;
import java.util.Optional;

/**
 * What to explain.
 *
 * @param entitlement empty for all
 * @param at the time to explain; not in the future
 * @param past whether the time is in the past: then only records with a time are used
 */
public record Question(String subject, Optional<String> entitlement, Instant at, boolean past) {
    public boolean includes(EntitlementScope scope) {
        return entitlement.map(scope.entitlement()::equals).orElse(true);
    }
}
