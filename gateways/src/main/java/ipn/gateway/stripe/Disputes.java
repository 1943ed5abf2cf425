package ipn.gateway.stripe;

import ipn.fact.Fact;
import ipn.fact.Fact.DisputeMovement;
import ipn.fact.Fact.DisputeStatus;
import ipn.gateway.EventContent;
import ipn.gateway.Ranks;
import ipn.gateway.content.Unknown;
import java.util.List;
import java.util.Optional;

/** Reads {@code charge.dispute.*} events; the object is a snapshot of the dispute. */
final class Disputes {
    private Disputes() {}

    static EventContent snapshot(StripeEvent event) {
        var status = status(event);
        var amount = event.money("amount");
        var reason = event.at("reason").code();
        return EventContent.of(
                Ranks.of(status), amount, new Fact.Dispute(event.id("id"), Optional.of(amount), status, reason));
    }

    static EventContent fundsWithdrawn(StripeEvent event) {
        return funds(event, DisputeMovement.WITHDRAWN);
    }

    static EventContent fundsReinstated(StripeEvent event) {
        return funds(event, DisputeMovement.REINSTATED);
    }

    private static EventContent funds(StripeEvent event, DisputeMovement movement) {
        return snapshot(event).and(List.of(new Fact.DisputeFunds(event.id("id"), event.money("amount"), movement)));
    }

    private static DisputeStatus status(StripeEvent event) {
        var status = event.at("status").required();
        return switch (status.glance().orElse("")) {
            case "warning_needs_response", "warning_under_review" -> DisputeStatus.INQUIRY;
            case "needs_response", "under_review" -> DisputeStatus.OPEN;
            case "won" -> DisputeStatus.WON;
            case "lost" -> DisputeStatus.LOST;
            // refunded before a decision, withdrawn, or resolved by an alert service: no further effect
            case "warning_closed", "prevented", "charge_refunded" -> DisputeStatus.CLOSED;
            default -> throw Unknown.status(status);
        };
    }
}
