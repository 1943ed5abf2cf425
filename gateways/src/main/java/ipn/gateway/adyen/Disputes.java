package ipn.gateway.adyen;

import ipn.fact.Fact;
import ipn.fact.Fact.DisputeMovement;
import ipn.fact.Fact.DisputeStatus;
import ipn.gateway.EventContent;
import java.util.List;
import java.util.Optional;

/** Stages of a dispute; all stages of one dispute have the same reference. */
final class Disputes {
    private Disputes() {}

    static EventContent inquiry(AdyenEvent event) {
        return stage(event, 1, DisputeStatus.INQUIRY);
    }

    /** No money has moved yet, and a refund may prevent the chargeback; the chargeback itself is not settled by a refund. */
    static EventContent announced(AdyenEvent event) {
        return stage(event, 2, DisputeStatus.OPEN, true);
    }

    static EventContent chargedBack(AdyenEvent event) {
        return moved(stage(event, 3, DisputeStatus.OPEN), event, DisputeMovement.WITHDRAWN);
    }

    /** Provisional: the bank may raise a second chargeback, which is newer and replaces this status. */
    static EventContent reversed(AdyenEvent event) {
        return moved(stage(event, 4, DisputeStatus.WON), event, DisputeMovement.REINSTATED);
    }

    static EventContent won(AdyenEvent event) {
        return stage(event, 5, DisputeStatus.WON);
    }

    /** The defense period ended without a defense. */
    static EventContent undefended(AdyenEvent event) {
        return stage(event, 5, DisputeStatus.LOST);
    }

    /** Lost after it had been won provisionally. */
    static EventContent lostAgain(AdyenEvent event) {
        return moved(stage(event, 6, DisputeStatus.LOST), event, DisputeMovement.WITHDRAWN);
    }

    private static EventContent stage(AdyenEvent event, long sequence, DisputeStatus status) {
        return stage(event, sequence, status, false);
    }

    private static EventContent stage(AdyenEvent event, long sequence, DisputeStatus status, boolean settledByRefund) {
        var amount = event.amount();
        var reason = event.code("chargebackReasonCode");
        var dispute = new Fact.Dispute(event.psp(), Optional.of(amount), status, reason, settledByRefund);
        return EventContent.of(sequence, amount, dispute).and(event.order());
    }

    /** Each stage moves the money once, so each has its own movement id. */
    private static EventContent moved(EventContent stage, AdyenEvent event, DisputeMovement movement) {
        var id = event.psp() + ":" + event.item().text("eventCode");
        return stage.and(List.of(new Fact.DisputeFunds(id, event.amount(), movement)));
    }
}
