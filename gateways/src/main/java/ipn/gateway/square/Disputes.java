package ipn.gateway.square;

import ipn.fact.Fact;
import ipn.fact.Fact.DisputeStatus;
import ipn.gateway.EventContent;
import ipn.gateway.Ranks;
import ipn.gateway.content.JsonField;
import ipn.gateway.content.Unknown;
import java.util.Optional;

/** Reads {@code dispute.*} events; the object is a snapshot of the dispute. */
final class Disputes {
    private Disputes() {}

    static EventContent snapshot(SquareEvent event) {
        var state = state(event.at("state").required());
        var amount = event.money("amount_money");
        var reason = event.at("reason").code();
        return EventContent.of(
                event.sequence(Ranks.of(state)),
                amount,
                new Fact.Dispute(event.id("id"), Optional.of(amount), state, reason));
    }

    private static DisputeStatus state(JsonField state) {
        return switch (state.glance().orElse("")) {
            case "INQUIRY_EVIDENCE_REQUIRED", "INQUIRY_PROCESSING" -> DisputeStatus.INQUIRY;
            case "INQUIRY_CLOSED" -> DisputeStatus.CLOSED;
            case "EVIDENCE_REQUIRED", "PROCESSING" -> DisputeStatus.OPEN;
            case "WON" -> DisputeStatus.WON;
            // ACCEPTED: the merchant accepted the dispute; the money is lost as well
            case "LOST", "ACCEPTED" -> DisputeStatus.LOST;
            default -> throw Unknown.status(state);
        };
    }
}
