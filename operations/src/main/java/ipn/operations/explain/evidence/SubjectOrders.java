package ipn.operations.explain.evidence;

import ipn.avro.Order;
import ipn.topics.TopicCatalogue;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;

/** What checkouts expect of a subject. Orders are keyed by their own id, so all of them are looked at. */
final class SubjectOrders {
    private SubjectOrders() {}

    /** The newest of each order of this subject that was there at the time. */
    static List<Order> of(Sources sources, String subject, Instant at) {
        var newest = new TreeMap<String, Order>();
        var all = sources.reader().partitions(sources.name(TopicCatalogue.ORDERS));
        sources.read(all, Order.class, key -> true, (record, key, order) -> {
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
