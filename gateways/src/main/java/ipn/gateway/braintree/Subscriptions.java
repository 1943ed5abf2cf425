package ipn.gateway.braintree;

import ipn.fact.Fact;
import ipn.fact.Fact.SubscriptionStatus;
import ipn.gateway.EventContent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How a subscription stands after an event. */
final class Subscriptions {
    private Subscriptions() {}

    static EventContent active(BraintreeEvent event) {
        return standing(event, 1, SubscriptionStatus.ACTIVE, Optional.empty());
    }

    static EventContent pastDue(BraintreeEvent event) {
        return standing(event, 2, SubscriptionStatus.PAST_DUE, Optional.empty());
    }

    /**
     * Braintree knows no cancellation at the end of a period: it cancels at once, and gives nothing back. What is paid for
     * stays so; of a subscription that was not paid for nothing is left.
     */
    static EventContent canceled(BraintreeEvent event) {
        var paidUntil = Charges.until(event).filter(until -> until.isAfter(event.occurredAt()));
        return paidUntil.isPresent()
                ? standing(event, 3, SubscriptionStatus.ACTIVE, paidUntil)
                : standing(event, 3, SubscriptionStatus.CANCELED, Optional.empty());
    }

    static EventContent expired(BraintreeEvent event) {
        return standing(event, 3, SubscriptionStatus.EXPIRED, Optional.empty());
    }

    private static EventContent standing(
            BraintreeEvent event, long sequence, SubscriptionStatus status, Optional<Instant> cancelAt) {
        var periodEnd = event.end(event.entity().at("billing-period-end-date"));
        var subscription = new Fact.Subscription(
                BraintreeEvent.id(event.entity().at("id")),
                status,
                periodEnd,
                Optional.empty(),
                cancelAt.isPresent(),
                cancelAt);
        return EventContent.of(sequence, subscription).and(whose(event)).and(Charges.plan(event));
    }

    /** Only its transactions know; the order is each one's own. */
    private static List<Fact> whose(BraintreeEvent event) {
        var words = new ArrayList<Fact>();
        event.subject().newestTransaction().map(event::words).ifPresent(words::addAll);
        words.removeIf(word -> word.id().equals(Fact.ReferenceName.ORDER.key()));
        return words;
    }
}
