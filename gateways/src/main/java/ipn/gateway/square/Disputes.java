package ipn.gateway.square;

import ipn.fact.Fact;
import ipn.fact.Fact.DisputeStatus;
import ipn.gateway.EventContent;
import ipn.gateway.Ranks;
import ipn.gateway.content.JsonField;
import ipn.gateway.content.Unknown;
import java.util.Optional;

/** Events {@code dispute.*}: the dispute as it stands. */
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
            // accepted by the merchant: the money is gone all the same
            case "LOST", "ACCEPTED" -> DisputeStatus.LOST;
            default -> throw Unknown.status(state);
        };
    }
}
