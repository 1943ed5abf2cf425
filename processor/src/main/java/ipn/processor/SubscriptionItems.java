package ipn.processor;

import ipn.avro.SubscriptionItem;
import ipn.fact.Fact;
import java.util.List;

/** The items of a subscription as Avro, and back. */
final class SubscriptionItems {
    private SubscriptionItems() {}

    static List<SubscriptionItem> avro(List<Fact.SubscriptionItem> items) {
        return items.stream().map(item -> new SubscriptionItem(item.skus())).toList();
    }

    static List<Fact.SubscriptionItem> fact(List<SubscriptionItem> items) {
        return items.stream()
                .map(item -> new Fact.SubscriptionItem(item.getSkus()))
                .toList();
    }
}
