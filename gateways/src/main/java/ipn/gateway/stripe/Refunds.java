package ipn.gateway.stripe;

import ipn.fact.Fact;
import ipn.fact.Fact.RefundStatus;
import ipn.gateway.EventContent;
import ipn.gateway.Ranks;
import ipn.gateway.content.Unknown;

/**
 * Reads events whose object is a refund. The merchant's metadata on a refund describes the refund (who granted it, why)
 * and does not become references of the payment.
 */
final class Refunds {
    private Refunds() {}

    static EventContent snapshot(StripeEvent event) {
        var status = status(event);
        var amount = event.money("amount");
        return EventContent.of(Ranks.of(status), amount, new Fact.Refund(event.id("id"), amount, status));
    }

    private static RefundStatus status(StripeEvent event) {
        if (event.type().equals("refund.failed")) {
            return RefundStatus.FAILED;
        }
        var status = event.at("status");
        return switch (status.glance().orElse(status.isPresent() ? "?" : "pending")) {
            case "pending", "requires_action" -> RefundStatus.PENDING;
            case "succeeded" -> RefundStatus.SUCCEEDED;
            case "failed" -> RefundStatus.FAILED;
            case "canceled" -> RefundStatus.CANCELED;
            default -> throw Unknown.status(status);
        };
    }
}
