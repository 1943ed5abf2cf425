package ipn.operations.explain;

import ipn.avro.Claim;
import ipn.avro.EntitlementEvent;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * What an entitlement is told for.
 *
 * @param entitlement such as premium
 * @param scope what it is limited to; empty where it is not limited
 */
record Scope(String entitlement, String scope) implements Comparable<Scope> {
    private static final Comparator<Scope> ORDER =
            Comparator.comparing(Scope::entitlement).thenComparing(Scope::scope);

    static Scope of(EntitlementEvent event) {
        return of(event.getEntitlement(), event.getScope());
    }

    static Scope of(Claim claim) {
        return of(claim.getEntitlement(), claim.getScope());
    }

    private static Scope of(String entitlement, @Nullable String scope) {
        return new Scope(entitlement, scope == null ? "" : scope);
    }

    @Override
    public int compareTo(Scope other) {
        return ORDER.compare(this, other);
    }
}
