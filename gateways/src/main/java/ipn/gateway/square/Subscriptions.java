package ipn.gateway.square;

import ipn.fact.Fact;
import ipn.fact.Fact.SubscriptionStatus;
import ipn.gateway.EventContent;
import ipn.gateway.Ranks;
import ipn.gateway.content.JsonField;
import ipn.gateway.content.Unknown;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Events {@code subscription.*}: the subscription as it stands. */
final class Subscriptions {
    private Subscriptions() {}

    static EventContent snapshot(SquareEvent event) {
        var status = status(event.at("status").required());
        var paidUntil = event.date("charged_through_date");
        var ends = ends(event, status, paidUntil).filter(event.occurredAt()::isBefore);
        var runsOut = status == SubscriptionStatus.EXPIRED && ends.isPresent();
        var fact = new Fact.Subscription(
                event.id("id"),
                runsOut ? SubscriptionStatus.ACTIVE : status,
                paidUntil,
                Optional.empty(),
                ends.isPresent(),
                ends);
        return EventContent.of(event.sequence(Ranks.of(status)), fact)
                .and(event.words().customer(event.at("customer_id")))
                .and(plan(event));
    }

    /** A day in the future on which it ends: that of a cancellation, or after its last phase the day it is charged to. */
    private static Optional<Instant> ends(SquareEvent event, SubscriptionStatus status, Optional<Instant> paidUntil) {
        return switch (status) {
            case EXPIRED -> paidUntil;
            case CANCELED -> Optional.empty();
            default -> event.date("canceled_date");
        };
    }

    private static List<Fact> plan(SquareEvent event) {
        return event.at("plan_variation_id").id().stream()
                .map(plan -> (Fact) new Fact.Sku(plan))
                .toList();
    }

    private static SubscriptionStatus status(JsonField status) {
        return switch (status.glance().orElse("")) {
            case "PENDING" -> SubscriptionStatus.PENDING;
            case "ACTIVE" -> SubscriptionStatus.ACTIVE;
            case "PAUSED" -> SubscriptionStatus.PAUSED;
            // an invoice stayed unpaid, or the card or the customer is gone; Square takes it up again once that is
            // mended
            case "DEACTIVATED" -> SubscriptionStatus.PAST_DUE;
            case "CANCELED" -> SubscriptionStatus.CANCELED;
            case "COMPLETED" -> SubscriptionStatus.EXPIRED;
            default -> throw Unknown.status(status);
        };
    }
}
