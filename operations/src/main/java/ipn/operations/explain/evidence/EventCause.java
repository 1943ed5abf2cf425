package ipn.operations.explain.evidence;

import ipn.avro.EntitlementEvent;
import ipn.topics.TopicCatalogue;

/** What caused an entitlement event: a raw record, an order, or a decision of a person. */
public final class EventCause {
    private EventCause() {}

    public static boolean isOrder(EntitlementEvent event) {
        return event.getCause().getTopic().endsWith(TopicCatalogue.ORDERS);
    }

    public static boolean isDecision(EntitlementEvent event) {
        return event.getCause().getTopic().endsWith(TopicCatalogue.DECISIONS);
    }
}
