package ipn.gateway.square;

import ipn.fact.Fact;
import ipn.fact.Fact.SubscriptionStatus;
import ipn.gateway.EventContent;
import ipn.gateway.Ranks;
import ipn.gateway.content.JsonField;
import ipn.gateway.content.Unknown;
import java.time.Instant;
import java.util.Optional;

/** Reads {@code subscription.*} events; the object is a snapshot of the subscription. */
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
                        ends)
                .withPlan(event.at("plan_variation_id").id());
        return EventContent.of(event.sequence(Ranks.of(status)), fact)
                .and(event.words().customer(event.at("customer_id")))
                .and(fact.skus());
    }

    /**
     * The day on which the subscription ends: the cancellation date or, after its last phase, the end of the paid
     * period.
     */
    private static Optional<Instant> ends(SquareEvent event, SubscriptionStatus status, Optional<Instant> paidUntil) {
        return switch (status) {
            case EXPIRED -> paidUntil;
            case CANCELED -> Optional.empty();
            default -> event.date("canceled_date");
        };
    }

    private static SubscriptionStatus status(JsonField status) {
        return switch (status.glance().orElse("")) {
            case "PENDING" -> SubscriptionStatus.PENDING;
            case "ACTIVE" -> SubscriptionStatus.ACTIVE;
            case "PAUSED" -> SubscriptionStatus.PAUSED;
            // an invoice is unpaid, or the card or the customer was deleted; Square resumes the subscription when that
            // is corrected
            case "DEACTIVATED" -> SubscriptionStatus.PAST_DUE;
            case "CANCELED" -> SubscriptionStatus.CANCELED;
            case "COMPLETED" -> SubscriptionStatus.EXPIRED;
            default -> throw Unknown.status(status);
        };
    }
}
