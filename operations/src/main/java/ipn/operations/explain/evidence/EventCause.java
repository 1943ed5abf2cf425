package ipn.operations.explain.evidence;

import ipn.avro.EntitlementEvent;
import ipn.topics.TopicCatalogue;

/** What caused an entitlement event: a raw record or an order. */
public final class EventCause {
    private EventCause() {}

    public static boolean isOrder(EntitlementEvent event) {
        return event.getCause().getTopic().endsWith(TopicCatalogue.ORDERS);
    }
}
