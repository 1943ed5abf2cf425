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
 * Events {@code CUSTOMER.DISPUTE.*}; the resource is the case as it stands. It goes by the payment's id: a payment has one case
 * at a time, and a reversal of the payment names none.
 */
final class Disputes {
    private Disputes() {}

    static EventContent snapshot(PayPalEvent event) {
        var payments = event.at("disputed_transactions").required().elements();
        if (event.index() >= payments.size() || payments.size() > PayPalKeys.PAYMENTS_MAX) {
            throw new RefusedException(
                    Reason.MALFORMED,
                    event.at("disputed_transactions").pointer() + ": none, or more than any case has");
        }
        var payment = payments.get(event.index());
        var id = payment.at("seller_transaction_id").required().id().orElseThrow();
        var status = status(event);
        var amount = amount(event, payment, payments.size() == 1);
        var dispute = new Fact.Dispute(id, amount, status, event.at("reason").code());
        return new EventContent(Rank.of(status), amount, List.of(dispute));
    }

    /** The amount of a case is that of all its payments together. */
    private static Optional<Money> amount(PayPalEvent event, JsonField payment, boolean alone) {
        var whole = event.at("dispute_amount");
        var amount = alone && whole.isPresent() ? whole : payment.at("gross_amount");
        return amount.isPresent() ? Optional.of(event.money(amount)) : Optional.empty();
    }

    private static DisputeStatus status(PayPalEvent event) {
        var resolved = event.type().equals("CUSTOMER.DISPUTE.RESOLVED")
                || event.at("status").glance().filter("RESOLVED"::equals).isPresent();
        if (resolved) {
            return outcome(event.at("dispute_outcome").at("outcome_code"));
        }
        // buyer and seller talk, PayPal only listens
        return event.at("dispute_life_cycle_stage")
                        .glance()
                        .filter("INQUIRY"::equals)
                        .isPresent()
                ? DisputeStatus.INQUIRY
                : DisputeStatus.OPEN;
    }

    private static DisputeStatus outcome(JsonField code) {
        return switch (code.glance().orElse("NONE")) {
            // with a payout PayPal pays the buyer out of its own pocket
            case "RESOLVED_SELLER_FAVOUR", "CANCELED_BY_BUYER", "DENIED", "RESOLVED_WITH_PAYOUT" -> DisputeStatus.WON;
            case "RESOLVED_BUYER_FAVOUR", "ACCEPTED" -> DisputeStatus.LOST;
            case "NONE" -> DisputeStatus.CLOSED;
            default -> throw new RefusedException(Reason.MALFORMED, code.pointer() + ": not an outcome known here");
        };
    }
}
