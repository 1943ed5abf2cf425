package ipn.operations.find;

import ipn.avro.Link;
import ipn.avro.Order;
import ipn.avro.PaymentState;
import ipn.operations.explain.evidence.Sources;
import ipn.operations.topic.Lookup;
import ipn.topics.TopicCatalogue;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Users of payments that name none themselves: the user of the order that they name, or of a payment, invoice or subscription linked to them. */
record Owners(Map<String, String> byOrder, Map<String, String> byPayment) {
    /** Where the user of a payment is. */
    record Names(Optional<String> order, List<String> linked) {
        static Names of(PaymentState state) {
            return new Names(
                    Optional.ofNullable(state.getReferences().get("order")),
                    state.getLinks().stream().map(Link::getTarget).toList());
        }
    }

    /** Reads the orders, and the partitions of the payments, that these name; values of other keys are skipped. */
    static Owners read(Sources sources, Collection<Names> all) {
        var orders = new HashSet<String>();
        var linked = new HashSet<String>();
        all.forEach(each -> {
            each.order().ifPresent(orders::add);
            linked.addAll(each.linked());
        });
        var byOrder = new HashMap<String, String>();
        if (!orders.isEmpty()) {
            sources.find(
                    sources.all(TopicCatalogue.ORDERS).any(Lookup.KEY, orders),
                    Order.class,
                    orders::contains,
                    (record, key, order) -> put(byOrder, key, order == null ? "" : order.getSubject()));
        }
        var byPayment = new HashMap<String, String>();
        if (!linked.isEmpty()) {
            sources.find(
                    sources.all(TopicCatalogue.PAYMENTS).keys(linked),
                    PaymentState.class,
                    linked::contains,
                    (record, key, state) -> put(
                            byPayment,
                            key,
                            state == null ? "" : state.getReferences().getOrDefault("subject", "")));
        }
        return new Owners(byOrder, byPayment);
    }

    private static void put(Map<String, String> users, String key, String user) {
        if (user.isEmpty()) {
            users.remove(key);
        } else {
            users.put(key, user);
        }
    }

    Optional<String> userOf(Names names) {
        return Stream.concat(
                        names.order().map(byOrder::get).stream(),
                        names.linked().stream().filter(byPayment::containsKey).map(byPayment::get))
                .findFirst();
    }
}
