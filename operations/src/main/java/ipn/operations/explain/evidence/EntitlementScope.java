package ipn.operations.explain.evidence;

import ipn.avro.Claim;
import ipn.avro.EntitlementEvent;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * An entitlement and the scope that it is limited to.
 *
 * @param entitlement such as premium
 * @param scope empty if it is not limited
 */
public record EntitlementScope(String entitlement, String scope) implements Comparable<EntitlementScope> {
    private static final Comparator<EntitlementScope> ORDER =
            Comparator.comparing(EntitlementScope::entitlement).thenComparing(EntitlementScope::scope);

    public static EntitlementScope of(EntitlementEvent event) {
        return of(event.getEntitlement(), event.getScope());
    }

    public static EntitlementScope of(Claim claim) {
        return of(claim.getEntitlement(), claim.getScope());
    }

    private static EntitlementScope of(String entitlement, @Nullable String scope) {
        return new EntitlementScope(entitlement, scope == null ? "" : scope);
    }

    @Override
    public int compareTo(EntitlementScope other) {
        return ORDER.compare(this, other);
    }
}
