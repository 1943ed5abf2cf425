package ipn.operations.explain.evidence;

import java.time.Instant;
import java.util.Optional;

/**
 * What is to be explained.
 *
 * @param entitlement only this one; empty: all
 * @param at the time; not after now
 * @param past whether a time was asked for: then only what is dated is used
 */
public record Question(String subject, Optional<String> entitlement, Instant at, boolean past) {
    public boolean asksFor(EntitlementScope scope) {
        return entitlement.map(scope.entitlement()::equals).orElse(true);
    }
}
