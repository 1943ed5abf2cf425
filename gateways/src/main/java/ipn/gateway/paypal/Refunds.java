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
 * Events about money that went back. The resource is the refund, so what a merchant wrote on it is about the refund and not
 * taken for the payment's references.
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
     * PayPal took the money back, as when the buyer's bank did. It is the same thing as the dispute that a case tells of, and
     * goes by the payment's id like that one: what PayPal said last counts.
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

    /** {@code status} in capitals since v2, {@code state} in small letters before; neither on some that are done. */
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
            default ->
                throw new RefusedException(
                        Reason.MALFORMED, status.pointer() + ": not a status of a refund known here");
        };
    }
}
