package ipn.twin.outbox;

import ipn.twin.entitlement.EntitlementChange;
import org.jspecify.annotations.Nullable;

/**
 * What other services read from the topic. A reader that ignores revisions that it has seen may read an event again.
 *
 * @param key subject, entitlement and reference
 * @param until when it ends without another payment, in ISO format
 * @param cause key of the event that changed it
 */
record EntitlementEvent(
        String key, String subject, String status, @Nullable String until, long revision, String cause) {
    static EntitlementEvent of(EntitlementChange change) {
        return new EntitlementEvent(
                change.key(),
                change.subject(),
                change.access().status().name(),
                change.access().until().map(Object::toString).orElse(null),
                change.revision(),
                change.cause());
    }
}
