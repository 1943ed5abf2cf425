package ipn.operations.shadow;

import ipn.avro.EntitlementEvent;
import java.util.Optional;

/** An entitlement of a subject. */
public record Place(String subject, String entitlement, Optional<String> scope) {
    static Place of(EntitlementEvent event) {
        return new Place(event.getSubject(), event.getEntitlement(), Optional.ofNullable(event.getScope()));
    }
}
