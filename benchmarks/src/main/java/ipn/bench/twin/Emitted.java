package ipn.bench.twin;

import ipn.avro.EntitlementEvent;
import ipn.avro.EntitlementStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An entitlement event of either system.
 *
 * @param key subject, entitlement and scope
 * @param revision 1 for the first event of this key
 * @param until the end of access; null if it has none
 */
record Emitted(
        String key,
        long revision,
        EntitlementStatus status,
        @Nullable Instant until) {
    static Emitted of(EntitlementEvent event) {
        var scope = event.getScope();
        var key = event.getSubject() + "/" + event.getEntitlement() + (scope == null ? "" : "/" + scope);
        return new Emitted(key, event.getRevision(), event.getStatus(), event.getUntil());
    }
}
