package ipn.gateway.adyen;

import ipn.fact.Fact;
import ipn.fact.Fact.DisputeMovement;
import ipn.fact.Fact.DisputeStatus;
import ipn.gateway.Story;
import java.util.List;
import java.util.Optional;

/** Stages of a dispute; all stages of one have its reference. */
final class Disputes {
    private Disputes() {}

    static Story inquiry(AdyenEvent event) {
        return stage(event, 1, DisputeStatus.INQUIRY);
    }

    static Story announced(AdyenEvent event) {
        return stage(event, 2, DisputeStatus.OPEN);
    }

    static Story chargedBack(AdyenEvent event) {
        return moved(stage(event, 3, DisputeStatus.OPEN), event, DisputeMovement.WITHDRAWN);
    }

    /** Provisional: the bank may come back with a second chargeback, which is newer and counts then. */
    static Story reversed(AdyenEvent event) {
        return moved(stage(event, 4, DisputeStatus.WON), event, DisputeMovement.REINSTATED);
    }

    static Story won(AdyenEvent event) {
        return stage(event, 5, DisputeStatus.WON);
    }

    /** The time to defend ran out. */
    static Story undefended(AdyenEvent event) {
        return stage(event, 5, DisputeStatus.LOST);
    }

    /** After it had been won for the time being. */
    static Story lostAgain(AdyenEvent event) {
        return moved(stage(event, 6, DisputeStatus.LOST), event, DisputeMovement.WITHDRAWN);
    }

    private static Story stage(AdyenEvent event, long sequence, DisputeStatus status) {
        var amount = event.amount();
        var dispute = new Fact.Dispute(event.psp(), Optional.of(amount), status, event.code("chargebackReasonCode"));
        return Story.of(sequence, amount, dispute).and(event.order());
    }

    /** Each stage moves the money once, so each has a movement of its own. */
    private static Story moved(Story stage, AdyenEvent event, DisputeMovement movement) {
        var id = event.psp() + ":" + event.item().text("eventCode");
        return stage.and(List.of(new Fact.DisputeFunds(id, event.amount(), movement)));
    }
}
