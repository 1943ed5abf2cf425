package ipn.gateway.paypalipn;

import ipn.fact.Fact.Dispute;
import ipn.fact.Fact.DisputeFunds;
import ipn.fact.Fact.DisputeMovement;
import ipn.fact.Fact.DisputeStatus;
import ipn.gateway.EventContent;
import java.util.List;
import java.util.Optional;

/** Reads messages about a case at PayPal (a dispute, claim or chargeback) that was opened or closed. */
record CaseReading(IpnMessage message) {
    static final String OPENED = "new_case";
    static final String CLOSED = "adjustment";

    /** A new case moves no money yet, so it ranks before a reversal of the same second, and a refund settles it. */
    EventContent opened() {
        var amount = message.text("mc_gross").map(gross -> message.grossMoved());
        return new EventContent(
                PaymentStatus.PENDING.ordinal(),
                amount,
                List.of(new Dispute(message.sale(), amount, DisputeStatus.OPEN, reason(), true)));
    }

    /**
     * The direction of the money shows the outcome of the case: money withdrawn from the merchant means lost, money
     * returned means won. An adjustment that moves no money does not show the outcome and changes nothing; empty then.
     */
    Optional<EventContent> closed() {
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
