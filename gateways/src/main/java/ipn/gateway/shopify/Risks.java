package ipn.gateway.shopify;

import ipn.fact.Fact;
import ipn.gateway.EventContent;
import ipn.gateway.content.Unknown;
import java.util.Locale;

/** Reads topic {@code orders/risk_assessment_changed}: the fraud risk of an order. */
final class Risks {
    private Risks() {}

    static TimedContent snapshot(ShopifyEvent event) {
        var level = event.at("risk_level").required();
        var content = switch (level.code().toUpperCase(Locale.ROOT)) {
            case "HIGH" -> flag(event, true);
            case "MEDIUM", "LOW", "NONE" -> flag(event, false);
            case "PENDING" -> EventContent.NOTHING;
            default -> throw Unknown.status(level);
        };
        return new TimedContent(
                event.at("created_at").isPresent() ? event.occurredAt("created_at") : event.occurredAt(), content);
    }

    private static EventContent flag(ShopifyEvent event, boolean raised) {
        var id = ShopifyEvent.id(event.at("order_id"));
        return EventContent.of(
                0, new Fact.FraudFlag(id, raised, event.at("risk_level").code()));
    }
}
