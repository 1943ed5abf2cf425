package ipn.gateway.shopify;

import ipn.fact.Fact;
import ipn.fact.Fact.DisputeStatus;
import ipn.gateway.EventContent;
import ipn.gateway.Ranks;
import ipn.gateway.content.Unknown;
import java.util.Optional;

/**
 * Reads topics {@code disputes/*} of Shopify Payments; the body is a snapshot of the dispute. An inquiry moves no
 * money.
 */
final class Disputes {
    private Disputes() {}

    static TimedContent snapshot(ShopifyEvent event) {
        var status = status(event);
        var amount = ShopifyEvent.money(event.body());
        var fact = new Fact.Dispute(
                ShopifyEvent.id(event.at("id")),
                Optional.of(amount),
                status,
                event.at("reason").code());
        return new TimedContent(
                event.occurredAt("finalized_on", "evidence_sent_on", "initiated_at"),
                EventContent.of(Ranks.of(status), amount, fact));
    }

    private static DisputeStatus status(ShopifyEvent event) {
        var status = event.at("status").required();
        var inquiry = event.at("type").glance().filter("inquiry"::equals).isPresent();
        return switch (status.glance().orElse("")) {
            case "needs_response", "under_review" -> inquiry ? DisputeStatus.INQUIRY : DisputeStatus.OPEN;
            case "won" -> DisputeStatus.WON;
            case "lost", "accepted" -> DisputeStatus.LOST;
            // the refund has an event of its own
            case "charge_refunded" -> DisputeStatus.CLOSED;
            default -> throw Unknown.status(status);
        };
    }
}
