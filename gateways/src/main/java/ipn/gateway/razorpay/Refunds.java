package ipn.gateway.razorpay;

import ipn.fact.Fact;
import ipn.fact.Fact.RefundStatus;
import ipn.gateway.EventContent;
import ipn.gateway.Ranks;
import ipn.gateway.content.JsonField;
import ipn.gateway.content.Unknown;
import java.util.List;

/**
 * Reads {@code refund.*} events: a snapshot of the refund, with the payment and the sum of its refunds. Notes on a
 * refund describe the refund and do not become references of the payment.
 */
final class Refunds {
    /** Greater than every rank, so that the larger of two totals of the same second counts. */
    private static final long RANKS = 8;

    private Refunds() {}

    static EventContent snapshot(RazorpayEvent event) {
        return content(event, status(event.entity("refund").at("status")));
    }

    static EventContent failed(RazorpayEvent event) {
        return content(event, RefundStatus.FAILED);
    }

    private static EventContent content(RazorpayEvent event, RefundStatus status) {
        var refund = event.entity("refund").required();
        var amount = RazorpayEvent.money(refund, "amount");
        var fact = new Fact.Refund(RazorpayEvent.id(refund.at("id")), amount, status);
        var payment = event.entity("payment");
        // it is not documented whether the sum still includes a refund that has just failed
        if (status == RefundStatus.FAILED || !payment.at("amount_refunded").isPresent()) {
            return EventContent.of(Ranks.of(status), amount, fact);
        }
        var total = RazorpayEvent.money(payment, "amount_refunded");
        return EventContent.of(total.minorUnits() * RANKS + Ranks.of(status), amount, fact)
                .and(List.of(new Fact.RefundTotal(RazorpayEvent.id(payment.at("id")), total)));
    }

    private static RefundStatus status(JsonField status) {
        return switch (status.glance().orElse(status.isPresent() ? "?" : "pending")) {
            case "pending", "created" -> RefundStatus.PENDING;
            case "processed" -> RefundStatus.SUCCEEDED;
            case "failed" -> RefundStatus.FAILED;
            default -> throw Unknown.status(status);
        };
    }
}
