package ipn.projector.entitlement;

import org.jspecify.annotations.Nullable;

/** What an entitlement goes by: subject, entitlement, and scope where it has one. A storage format. */
public final class EntitlementKey {
    private EntitlementKey() {}

    public static String of(String subject, String entitlement, @Nullable String scope) {
        return subject + "/" + entitlement + (scope == null ? "" : "/" + scope);
    }
}
