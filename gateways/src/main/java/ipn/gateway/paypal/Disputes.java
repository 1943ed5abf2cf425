package ipn.gateway.paypal;

import ipn.fact.Fact;
import ipn.fact.Fact.DisputeStatus;
import ipn.fact.Money;
import ipn.gateway.EventContent;
import ipn.gateway.content.JsonField;
import ipn.gateway.content.RefusedException;
import ipn.topics.Reason;
import java.util.List;
import java.util.Optional;

/**
 * Reads {@code CUSTOMER.DISPUTE.*} events; the resource is a snapshot of the case. The dispute's id is the payment's
 * id, because a payment has one case at a time and a reversal of the payment names no case. A refund of the payment, which has
 * an event of its own, settles the case.
 */
final class Disputes {
    private Disputes() {}

    static EventContent snapshot(PayPalEvent event) {
        var payments = event.at("disputed_transactions").required().elements();
        if (event.index() >= payments.size() || payments.size() > PayPalKeys.PAYMENTS_MAX) {
            throw new RefusedException(
                    Reason.MALFORMED,
                    event.at("disputed_transactions").pointer() + ": empty, or more payments than supported");
        }
        var payment = payments.get(event.index());
        var id = payment.at("seller_transaction_id").required().id().orElseThrow();
        var status = status(event);
        var amount = amount(event, payment, payments.size() == 1, status);
        var dispute = new Fact.Dispute(id, amount, status, event.at("reason").code(), true);
        return new EventContent(Rank.of(status), amount, List.of(dispute));
    }

    /**
     * The amount of the case if it has one payment; of a case that was lost, the amount that the buyer got back. The amount of a case is the sum over its payments, so with several
     * the payment's own amount counts.
     */
    private static Optional<Money> amount(PayPalEvent event, JsonField payment, boolean alone, DisputeStatus status) {
        var refunded = event.at("dispute_outcome").at("amount_refunded");
        var lost = status == DisputeStatus.LOST
                && refunded.isPresent()
                && event.money(refunded).minorUnits() > 0;
        var whole = lost ? refunded : event.at("dispute_amount");
        var amount = alone && whole.isPresent() ? whole : payment.at("gross_amount");
        return amount.isPresent() ? Optional.of(event.money(amount)) : Optional.empty();
    }

    private static DisputeStatus status(PayPalEvent event) {
        var resolved = event.type().equals("CUSTOMER.DISPUTE.RESOLVED")
                || event.at("status").glance().filter("RESOLVED"::equals).isPresent();
        if (resolved) {
            return outcome(event.at("dispute_outcome").at("outcome_code"));
        }
        // buyer and seller negotiate without a decision by PayPal
        return event.at("dispute_life_cycle_stage")
                        .glance()
                        .filter("INQUIRY"::equals)
                        .isPresent()
                ? DisputeStatus.INQUIRY
                : DisputeStatus.OPEN;
    }

    private static DisputeStatus outcome(JsonField code) {
        return switch (code.glance().orElse("NONE")) {
            // RESOLVED_WITH_PAYOUT: PayPal refunds the buyer from its own funds
            case "RESOLVED_SELLER_FAVOUR", "CANCELED_BY_BUYER", "DENIED", "RESOLVED_WITH_PAYOUT" -> DisputeStatus.WON;
            case "RESOLVED_BUYER_FAVOUR", "ACCEPTED" -> DisputeStatus.LOST;
            case "NONE" -> DisputeStatus.CLOSED;
            default -> throw new RefusedException(Reason.MALFORMED, code.pointer() + ": unknown outcome");
        };
    }
}
