package ipn.gateway.paypal;

import ipn.fact.Fact;
import ipn.fact.Fact.DisputeMovement;
import ipn.fact.Fact.DisputeStatus;
import ipn.fact.Fact.RefundStatus;
import ipn.gateway.EventContent;
import ipn.gateway.content.JsonField;
import ipn.gateway.content.RefusedException;
import ipn.topics.Reason;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Reads events about refunds and reversals. The resource is the refund, so the merchant's fields on it describe the
 * refund and do not become references of the payment.
 */
final class Refunds {
    private Refunds() {}

    static EventContent refunded(PayPalEvent event) {
        var amount = event.moneyBack(event.at("amount").required());
        var status = status(event);
        var content = EventContent.of(Rank.of(status), amount, new Fact.Refund(event.id("id"), amount, status));
        var total = total(event);
        return status == RefundStatus.SUCCEEDED && total.isPresent()
                ? content.and(List.of(new Fact.RefundTotal(event.paymentId(), event.moneyBack(total))))
                : content;
    }

    /**
     * PayPal reversed the payment, for instance because the buyer's bank did. A reversal and a case about the same
     * payment are one dispute, with the payment's id; the latest event counts.
     */
    static EventContent reversed(PayPalEvent event) {
        var amount = event.moneyBack(event.at("amount").required());
        var payment = event.paymentId();
        var dispute = new Fact.Dispute(
                payment,
                Optional.of(amount),
                DisputeStatus.LOST,
                event.at("reason_code").code());
        return EventContent.of(Rank.of(DisputeStatus.LOST), amount, dispute)
                .and(List.of(new Fact.DisputeFunds(event.id("id"), amount, DisputeMovement.WITHDRAWN)));
    }

    private static JsonField total(PayPalEvent event) {
        var since = event.at("seller_payable_breakdown").at("total_refunded_amount");
        return since.isPresent() ? since : event.at("total_refunded_amount");
    }

    /**
     * {@code status} in upper case since v2, {@code state} in lower case before; some completed refunds have neither.
     */
    private static RefundStatus status(PayPalEvent event) {
        var status = event.at("status").isPresent() ? event.at("status") : event.at("state");
        if (!status.isPresent()) {
            return RefundStatus.SUCCEEDED;
        }
        return switch (status.glance().orElse("").toUpperCase(Locale.ROOT)) {
            case "COMPLETED" -> RefundStatus.SUCCEEDED;
            case "PENDING" -> RefundStatus.PENDING;
            case "FAILED" -> RefundStatus.FAILED;
            case "CANCELLED" -> RefundStatus.CANCELED;
            default -> throw new RefusedException(Reason.MALFORMED, status.pointer() + ": unknown refund status");
        };
    }
}
