package ipn.gateway.stripe;

import ipn.fact.Fact;
import ipn.fact.Fact.SubscriptionStatus;
import ipn.gateway.EventContent;
import ipn.gateway.Ranks;
import ipn.gateway.content.JsonField;
import ipn.gateway.content.Unknown;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Reads {@code customer.subscription.*} events; the object is a snapshot of the subscription. */
final class Subscriptions {
    private Subscriptions() {}

    static EventContent snapshot(StripeEvent event) {
        return content(event, status(event.at("status").required()));
    }

    static EventContent paused(StripeEvent event) {
        return content(event, SubscriptionStatus.PAUSED);
    }

    /** The subscription ended, or was never paid for and expired. */
    static EventContent deleted(StripeEvent event) {
        var expired =
                event.at("status").glance().filter("incomplete_expired"::equals).isPresent();
        return content(event, expired ? SubscriptionStatus.EXPIRED : SubscriptionStatus.CANCELED);
    }

    private static EventContent content(StripeEvent event, SubscriptionStatus status) {
        var periodEnd = periodEnd(event);
        var cancelAt = event.times().plannedSeconds(event.at("cancel_at"));
        var atPeriodEnd = event.at("cancel_at_period_end").flag();
        var subscription = new Fact.Subscription(
                        event.id("id"),
                        status,
                        periodEnd,
                        event.times().plannedSeconds(event.at("trial_end")),
                        atPeriodEnd || cancelAt.isPresent(),
                        atPeriodEnd ? cancelAt.or(() -> periodEnd) : cancelAt)
                .withItems(items(event));
        return EventContent.of(Ranks.of(status), subscription)
                .and(event.metadata())
                .and(Skus.of(event.at("items").at("data").elements()));
    }

    /** None if the event does not contain all of them: an item that is missing would count as removed. */
    private static List<List<String>> items(StripeEvent event) {
        var items = event.at("items");
        return items.at("has_more").flag()
                ? List.of()
                : items.at("data").elements().stream().map(Skus::names).toList();
    }

    /** The end of the current period: on the items since 2025, on the subscription before. */
    private static Optional<Instant> periodEnd(StripeEvent event) {
        return event.at("items").at("data").elements().stream()
                .flatMap(item -> event.times().plannedSeconds(item.at("current_period_end")).stream())
                .max(Comparator.naturalOrder())
                .or(() -> event.times().plannedSeconds(event.at("current_period_end")));
    }

    /**
     * The subscription's status. Pausing only the collection does not change it: the merchant gives the period for
     * free.
     */
    private static SubscriptionStatus status(JsonField status) {
        return switch (status.glance().orElse("")) {
            case "incomplete" -> SubscriptionStatus.PENDING;
            case "incomplete_expired" -> SubscriptionStatus.EXPIRED;
            case "trialing" -> SubscriptionStatus.TRIALING;
            case "active" -> SubscriptionStatus.ACTIVE;
            case "past_due" -> SubscriptionStatus.PAST_DUE;
            case "unpaid" -> SubscriptionStatus.UNPAID;
            case "paused" -> SubscriptionStatus.PAUSED;
            case "canceled" -> SubscriptionStatus.CANCELED;
            default -> throw Unknown.status(status);
        };
    }
}
