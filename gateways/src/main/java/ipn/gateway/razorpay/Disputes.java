package ipn.gateway.razorpay;

import ipn.fact.Fact;
import ipn.fact.Fact.DisputeMovement;
import ipn.fact.Fact.DisputeStatus;
import ipn.gateway.EventContent;
import ipn.gateway.Ranks;
import ipn.gateway.content.JsonField;
import java.util.List;
import java.util.Optional;

/**
 * Reads {@code payment.dispute.*} events. The phase gives the severity: an inquiry, a fraud suspicion or a chargeback.
 */
final class Disputes {
    private Disputes() {}

    static EventContent open(RazorpayEvent event) {
        var asks = List.of("retrieval", "fraud").contains(phase(event.entity("dispute")));
        return content(event, asks ? DisputeStatus.INQUIRY : DisputeStatus.OPEN);
    }

    static EventContent won(RazorpayEvent event) {
        return content(event, DisputeStatus.WON);
    }

    static EventContent lost(RazorpayEvent event) {
        return content(event, DisputeStatus.LOST);
    }

    static EventContent closed(RazorpayEvent event) {
        return content(event, DisputeStatus.CLOSED);
    }

    private static EventContent content(RazorpayEvent event, DisputeStatus status) {
        var dispute = event.entity("dispute").required();
        var id = RazorpayEvent.id(dispute.at("id"));
        var amount = RazorpayEvent.money(dispute, "amount");
        var reason = dispute.at("reason_code").code();
        var content = EventContent.of(
                        Ranks.of(status),
                        amount,
                        // Razorpay deducts the amount when the dispute is lost; a refund before that settles it
                        new Fact.Dispute(id, Optional.of(amount), status, reason, status == DisputeStatus.OPEN))
                .and(withdrawn(dispute, id));
        return phase(dispute).equals("fraud")
                ? content.and(List.of(new Fact.FraudFlag(id, suspicionStays(status), reason)))
                : content;
    }

    private static List<Fact> withdrawn(JsonField dispute, String id) {
        if (!dispute.at("amount_deducted").isPresent()) {
            return List.of();
        }
        var deducted = RazorpayEvent.money(dispute, "amount_deducted");
        return deducted.minorUnits() == 0
                ? List.of()
                : List.of(new Fact.DisputeFunds(id, deducted, DisputeMovement.WITHDRAWN));
    }

    private static boolean suspicionStays(DisputeStatus status) {
        return status != DisputeStatus.WON && status != DisputeStatus.CLOSED;
    }

    private static String phase(JsonField dispute) {
        return dispute.at("phase").glance().orElse("");
    }
}
