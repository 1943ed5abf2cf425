package ipn.client;

import java.time.Duration;
import java.util.Optional;

/**
 * May this subject use this entitlement now?
 *
 * @param maxAge the oldest data that the caller accepts; with older data the answer is {@link AccessStatus#UNKNOWN}. Empty: any age
 */
public record AccessQuestion(AccessKey key, Optional<Duration> maxAge) {
    /** A question that accepts data of any age. */
    public static AccessQuestion of(String subject, String entitlement) {
        return new AccessQuestion(AccessKey.of(subject, entitlement), Optional.empty());
    }

    /** A question about an entitlement with a scope. */
    public static AccessQuestion of(String subject, String entitlement, String scope) {
        return new AccessQuestion(AccessKey.of(subject, entitlement, scope), Optional.empty());
    }

    /** The same question, for data that is not older than this. */
    public AccessQuestion withMaxAge(Duration age) {
        return new AccessQuestion(key, Optional.of(age));
    }
}
