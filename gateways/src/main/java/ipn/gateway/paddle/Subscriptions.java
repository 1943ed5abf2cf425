package ipn.gateway.paddle;

import ipn.fact.Fact;
import ipn.fact.Fact.SubscriptionStatus;
import ipn.gateway.EventContent;
import ipn.gateway.Ranks;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/** Reads {@code subscription.*} events; the entity is a snapshot of the subscription. */
final class Subscriptions {
    private Subscriptions() {}

    static EventContent snapshot(PaddleEvent event) {
        var status = status(event);
        var periodEnd = event.planned(event.at("current_billing_period").at("ends_at"));
        var change = event.at("scheduled_change");
        var ends = ends(event);
        var subscription = new Fact.Subscription(
                        event.id("id"),
                        status,
                        periodEnd,
                        trialEnd(event).or(() -> status == SubscriptionStatus.TRIALING ? periodEnd : Optional.empty()),
                        ends,
                        ends ? event.planned(change.at("effective_at")) : Optional.empty())
                .withItems(event.items());
        return EventContent.of(Ranks.of(status), subscription)
                .and(event.customData())
                .and(event.skus());
    }

    /**
     * True where the subscription will not renew. A pause stops renewals as a cancellation does; the paid period is
     * used up first.
     */
    private static boolean ends(PaddleEvent event) {
        var change = event.at("scheduled_change");
        if (!change.isPresent()) {
            return false;
        }
        return switch (change.at("action").required().glance().orElse("")) {
            case "cancel", "pause" -> true;
            case "resume" -> false;
            default -> throw event.unknown("scheduled_change");
        };
    }

    private static Optional<Instant> trialEnd(PaddleEvent event) {
        return event.at("items").elements().stream()
                .flatMap(item -> event.planned(item.at("trial_dates").at("ends_at")).stream())
                .max(Comparator.naturalOrder());
    }

    private static SubscriptionStatus status(PaddleEvent event) {
        return switch (event.at("status").required().glance().orElse("")) {
            case "trialing" -> SubscriptionStatus.TRIALING;
            case "active" -> SubscriptionStatus.ACTIVE;
            case "past_due" -> SubscriptionStatus.PAST_DUE;
            case "paused" -> SubscriptionStatus.PAUSED;
            case "canceled" -> SubscriptionStatus.CANCELED;
            default -> throw event.unknown("status");
        };
    }
}
