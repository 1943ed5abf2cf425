package ipn.gateway.braintree;

import ipn.fact.Fact;
import ipn.fact.Fact.SubscriptionStatus;
import ipn.gateway.EventContent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The status of a subscription after an event. */
final class Subscriptions {
    private Subscriptions() {}

    static EventContent active(BraintreeEvent event) {
        return subscription(event, 1, SubscriptionStatus.ACTIVE);
    }

    static EventContent pastDue(BraintreeEvent event) {
        return subscription(event, 2, SubscriptionStatus.PAST_DUE);
    }

    /** Braintree has no cancellation at period end: it cancels at once, without a refund. */
    static EventContent canceled(BraintreeEvent event) {
        return subscription(event, 3, SubscriptionStatus.CANCELED);
    }

    static EventContent expired(BraintreeEvent event) {
        return subscription(event, 3, SubscriptionStatus.EXPIRED);
    }

    private static EventContent subscription(BraintreeEvent event, long sequence, SubscriptionStatus status) {
        var periodEnd = event.end(event.entity().at("billing-period-end-date"));
        var subscription = new Fact.Subscription(
                        BraintreeEvent.id(event.entity().at("id")),
                        status,
                        periodEnd,
                        Optional.empty(),
                        false,
                        Optional.empty())
                .withItems(items(event));
        return EventContent.of(sequence, subscription).and(whose(event)).and(subscription.skus());
    }

    /** The plan, and what is added to it. */
    private static List<List<String>> items(BraintreeEvent event) {
        var addOns = BraintreePayload.all(event.entity().at("add-ons").at("add-on")).stream()
                .map(addOn -> addOn.at("id"));
        return Stream.concat(Stream.of(event.entity().at("plan-id")), addOns)
                .map(id -> BraintreeEvent.optionalId(id).stream().toList())
                .toList();
    }

    /** Only its transactions contain the customer; each transaction has its own order id. */
    private static List<Fact> whose(BraintreeEvent event) {
        var words = new ArrayList<Fact>();
        event.subject().newestTransaction().map(event::words).ifPresent(words::addAll);
        words.removeIf(word -> word.id().equals(Fact.ReferenceName.ORDER.key()));
        return words;
    }
}
