package ipn.gateway.razorpay;

import ipn.fact.Fact;
import ipn.fact.Fact.AttemptStatus;
import ipn.fact.Fact.ReferenceName;
import ipn.fact.Money;
import ipn.gateway.EventContent;
import ipn.gateway.Ranks;
import ipn.gateway.References;
import ipn.gateway.content.JsonField;
import ipn.gateway.content.RefusedException;
import ipn.topics.Reason;
import java.util.List;
import java.util.Optional;

/**
 * Reads events about a payment: {@code payment.*}, and the events of its order or invoice that repeat the same fact. A
 * payment is always captured in full.
 */
final class Payments {
    private Payments() {}

    static EventContent pending(RazorpayEvent event) {
        return attempt(event, AttemptStatus.PENDING, "");
    }

    static EventContent authorized(RazorpayEvent event) {
        var payment = event.payment();
        var amount = RazorpayEvent.money(payment, "amount");
        return EventContent.of(
                        amount.minorUnits(), amount, new Fact.Authorized(RazorpayEvent.id(payment.at("id")), amount))
                .and(event.notes("payment"));
    }

    /** Not final: the bank may still approve, and {@code payment.captured} follows (late authorization). */
    static EventContent failed(RazorpayEvent event) {
        var payment = event.payment();
        var reason = payment.at("error_reason").code();
        return attempt(
                event,
                AttemptStatus.FAILED,
                reason.isEmpty() ? payment.at("error_code").code() : reason);
    }

    static EventContent captured(RazorpayEvent event) {
        var captured = money(event.payment());
        return EventContent.of(captured.amount().minorUnits(), captured.amount(), captured)
                .and(references(event));
    }

    /** The captured payment. The flag and the status must both confirm the capture where they are present. */
    static Fact.Captured money(JsonField payment) {
        var captured = payment.at("captured");
        var status = payment.at("status");
        var byFlag = captured.isPresent() ? Lenient.flag(captured) : status.isPresent();
        var byStatus = !status.isPresent()
                || List.of("captured", "refunded").contains(status.glance().orElse(""));
        if (!byFlag || !byStatus) {
            throw new RefusedException(Reason.MALFORMED, captured.pointer() + ": the payment is not captured");
        }
        var amount = RazorpayEvent.money(payment, "amount");
        return new Fact.Captured(RazorpayEvent.id(payment.at("id")), amount, fee(payment));
    }

    /**
     * The fee, where it is in the payment's currency. Fees are in the merchant's currency, which differs if the payment
     * was converted.
     */
    private static Optional<Money> fee(JsonField payment) {
        var base = payment.at("base_amount");
        var amount = payment.at("amount").number(Reason.INVALID_AMOUNT);
        var converted = base.isPresent() && base.number(Reason.INVALID_AMOUNT).compareTo(amount) != 0;
        var fee = payment.at("fee");
        return fee.isPresent() && !converted ? Optional.of(RazorpayEvent.money(payment, "fee")) : Optional.empty();
    }

    private static EventContent attempt(RazorpayEvent event, AttemptStatus status, String reason) {
        var payment = event.payment();
        var amount = RazorpayEvent.money(payment, "amount");
        var attempt = new Fact.Attempt(RazorpayEvent.id(payment.at("id")), status, reason);
        return EventContent.of(Ranks.of(status), amount, attempt).and(event.notes("payment"));
    }

    /**
     * The merchant's references. Without a note for the order, the order's receipt is the reference: the merchant sets
     * it when creating the order.
     */
    private static List<Fact> references(RazorpayEvent event) {
        var noted = event.notes("payment", "order", "invoice");
        var receipt = event.entity("order").at("receipt");
        var hasOrder = noted.stream().anyMatch(fact -> fact.id().equals(ReferenceName.ORDER.key()));
        return hasOrder || !receipt.isPresent()
                ? noted
                : new EventContent(0, Optional.empty(), noted)
                        .and(List.of(References.reference(ReferenceName.ORDER, receipt)))
                        .facts();
    }
}
