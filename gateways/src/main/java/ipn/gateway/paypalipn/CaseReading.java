package ipn.gateway.paypalipn;

import ipn.fact.Fact.Dispute;
import ipn.fact.Fact.DisputeFunds;
import ipn.fact.Fact.DisputeMovement;
import ipn.fact.Fact.DisputeStatus;
import ipn.gateway.EventContent;
import java.util.List;
import java.util.Optional;

/** Messages about a case at PayPal: a dispute, a claim or a chargeback was opened, or settled. */
record CaseReading(IpnMessage message) {
    static final String OPENED = "new_case";
    static final String SETTLED = "adjustment";

    /** Nothing was taken yet, so this comes before a reversal of the same second. */
    EventContent opened() {
        var amount = message.text("mc_gross").map(gross -> message.grossMoved());
        return new EventContent(
                PaymentStatus.PENDING.ordinal(),
                amount,
                List.of(new Dispute(message.sale(), amount, DisputeStatus.OPEN, reason())));
    }

    /**
     * A settlement says who won by the money it moves: from the merchant it was lost, to the merchant it was won. One that
     * moves nothing does not say who won, and what was known before stands; empty then.
     */
    Optional<EventContent> settled() {
        var amount = message.text("mc_gross").map(gross -> message.grossMoved());
        if (amount.isEmpty() || amount.get().minorUnits() == 0) {
            return Optional.empty();
        }
        var lost = message.takesMoney();
        return Optional.of(new EventContent(
                PaymentStatus.values().length,
                amount,
                List.of(
                        new Dispute(message.sale(), amount, lost ? DisputeStatus.LOST : DisputeStatus.WON, reason()),
                        new DisputeFunds(
                                message.transaction(),
                                amount.get(),
                                lost ? DisputeMovement.WITHDRAWN : DisputeMovement.REINSTATED))));
    }

    private String reason() {
        return message.text("reason_code").or(() -> message.text("case_type")).orElse("");
    }
}
