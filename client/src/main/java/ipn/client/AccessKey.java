package ipn.client;

import java.util.Optional;

/**
 * Which entitlement of which subject.
 *
 * @param subject the user or advertiser
 * @param entitlement such as {@code premium}
 * @param scope what it is limited to, such as one post; empty where it is not limited. An empty text is no scope
 */
public record AccessKey(String subject, String entitlement, Optional<String> scope) {
    public AccessKey {
        scope = scope.filter(text -> !text.isEmpty());
    }

    /** An entitlement without a scope. */
    public static AccessKey of(String subject, String entitlement) {
        return new AccessKey(subject, entitlement, Optional.empty());
    }

    /** An entitlement with a scope. */
    public static AccessKey of(String subject, String entitlement, String scope) {
        return new AccessKey(subject, entitlement, Optional.of(scope));
    }
}
