package ipn.gateway.googleplay;

import ipn.gateway.AccountId;
import ipn.gateway.Delivery;
import ipn.gateway.Item;
import ipn.gateway.NotificationTime;
import ipn.gateway.content.Bytes;
import ipn.gateway.content.JsonField;
import ipn.gateway.content.JsonShape;
import ipn.gateway.content.RefusedException;
import ipn.gateway.content.StrictDecoding;
import ipn.gateway.content.StrictJson;
import ipn.topics.Reason;
import java.util.List;
import java.util.Optional;

/**
 * Finds the payment key: the purchase token, which notifications and orders contain, and which is in the URL of a purchase
 * document. Does not validate, so it accepts any body.
 */
final class GooglePlayKeys {
    private static final JsonShape PUSH =
            JsonShape.of(List.of("/message/data", "/message/messageId", "/message/message_id"));
    private static final JsonShape DOCUMENT = JsonShape.of(List.of("/purchaseToken", "/linkedPurchaseToken"));

    private GooglePlayKeys() {}

    /** At least one. A subscription that replaced another has an item for each. */
    static List<Item> items(Delivery delivery, AccountId account) {
        if (delivery.fetchedFrom().isEmpty()) {
            return List.of(notification(delivery.body(), account)
                    .orElseGet(() -> Item.unidentified(account, delivery.body())));
        }
        return delivery.fetchedFrom()
                .flatMap(PublisherResource::of)
                .map(place -> document(place, delivery, account))
                .orElseGet(() -> List.of(Item.unidentified(account, delivery.body())));
    }

    private static Optional<Item> notification(Bytes body, AccountId account) {
        return StrictJson.glance(body, PUSH).flatMap(push -> {
            var eventId = GooglePlayNotification.messageId(push.at("message"))
                    .glance()
                    .filter(id -> !id.isEmpty());
            var data = push.at("message")
                    .at("data")
                    .glance()
                    .flatMap(StrictDecoding::base64)
                    .flatMap(bytes -> StrictJson.glance(bytes, JsonShape.WHOLE));
            return eventId.map(id -> notification(id, data, account));
        });
    }

    private static Item notification(String eventId, Optional<JsonField> data, AccountId account) {
        var eventKey = account.keyOf(eventId);
        try {
            var kind = NotificationKind.of(data.orElseThrow(() -> new RefusedException(Reason.MALFORMED, "no data")));
            var about = data.get().at(kind.member());
            var token = about.at("purchaseToken").glance().filter(GooglePlayIds::isToken);
            var order = about.at("orderId").glance().filter(GooglePlayIds::isToken);
            return new Item(0, account.keyOf(token.or(() -> order).orElse(eventId)), eventKey, kind.type(about));
        } catch (RefusedException e) {
            return new Item(0, eventKey, eventKey, "");
        }
    }

    private static List<Item> document(PublisherResource place, Delivery delivery, AccountId account) {
        var document = StrictJson.glance(delivery.body(), DOCUMENT);
        var key = account.keyOf(purchase(place, document));
        var event = place.kind() == PublisherResource.Kind.ORDER
                ? NotificationTime.datedEventId(delivery)
                : NotificationTime.eventId(delivery);
        var own = new Item(0, key, account.key(event), place.kind().type());
        return document.map(json -> json.at(SubscriptionPurchase.LINKED))
                .filter(field -> place.kind() == PublisherResource.Kind.SUBSCRIPTION)
                .flatMap(field -> field.glance().filter(GooglePlayIds::isToken))
                .map(linked -> List.of(
                        own,
                        new Item(
                                1,
                                account.keyOf(linked),
                                account.key(event + ":linked"),
                                SubscriptionPurchase.LINKED_TYPE)))
                .orElse(List.of(own));
    }

    /** An order names its purchase; otherwise the order id is the payment key. */
    private static String purchase(PublisherResource place, Optional<JsonField> document) {
        return place.kind() == PublisherResource.Kind.ORDER
                ? document.flatMap(json -> json.at("purchaseToken").glance())
                        .filter(GooglePlayIds::isToken)
                        .orElse(place.id())
                : place.id();
    }
}
