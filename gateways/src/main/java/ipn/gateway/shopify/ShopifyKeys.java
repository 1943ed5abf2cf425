package ipn.gateway.shopify;

import ipn.gateway.AccountId;
import ipn.gateway.Delivery;
import ipn.gateway.Item;
import ipn.gateway.content.JsonField;
import ipn.gateway.content.JsonShape;
import ipn.gateway.content.StrictJson;
import java.util.List;
import java.util.Optional;

/**
 * Extracts the payment key and the event key of a delivery. The payment key is that of the order or, for subscriptions,
 * of the contract. A redelivery has the same webhook id; where that is missing, the topic and the hash of the body
 * replace it.
 */
final class ShopifyKeys {
    private static final JsonShape WANTED = JsonShape.of(List.of("/id", "/order_id", "/subscription_contract_id"));

    private ShopifyKeys() {}

    static Item item(Delivery delivery, AccountId account) {
        return StrictJson.glance(delivery.body(), WANTED)
                .map(body -> item(delivery, body, account))
                .orElseGet(() -> Item.unidentified(account, delivery.body()));
    }

    private static Item item(Delivery delivery, JsonField body, AccountId account) {
        var type = topic(delivery).orElse("");
        var eventId = new ShopifyHeaders(delivery)
                .value(ShopifyHeaders.WEBHOOK_ID)
                .filter(id -> !id.isBlank())
                .orElseGet(() -> type + " " + delivery.body().sha256());
        var paymentId = Topics.named(type).flatMap(topic -> paymentId(topic.kind(), body));
        return Item.of(0, account, paymentId.orElse(eventId), eventId, type);
    }

    /** The id in the payment key; a dispute that names no order has its own id. */
    static Optional<String> paymentId(Kind kind, JsonField body) {
        var own = kind == Kind.DISPUTE ? body.at("id").glance().map("dispute:"::concat) : Optional.<String>empty();
        return kind.paymentId(body).or(() -> own);
    }

    static Optional<String> topic(Delivery delivery) {
        return new ShopifyHeaders(delivery)
                .value(ShopifyHeaders.TOPIC)
                .filter(topic -> topic.matches("[a-z0-9_]{1,60}/[a-z0-9_]{1,60}"));
    }
}
