package ipn.operations.explain.evidence;

import ipn.avro.Order;
import ipn.operations.topic.Lookup;
import ipn.topics.TopicCatalogue;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;

/** Reads the orders of a subject. Orders are keyed by order id, so all of them are read, unless an index finds them. */
final class SubjectOrders {
    private SubjectOrders() {}

    /** The orders of a subject that existed at a time. */
    static List<Order> read(Sources sources, String subject, Instant at) {
        var newest = new TreeMap<String, Order>();
        var lookup = sources.all(TopicCatalogue.ORDERS).any(Lookup.SUBJECT, List.of(subject));
        sources.find(lookup, Order.class, key -> true, (record, key, order) -> {
            if (order != null
                    && order.getSubject().equals(subject)
                    && !order.getCreatedAt().isAfter(at)) {
                newest.put(key, order);
            } else {
                newest.remove(key);
            }
        });
        return List.copyOf(newest.values());
    }
}
