package ipn.gateway.razorpay;

import ipn.gateway.AccountId;
import ipn.gateway.Delivery;
import ipn.gateway.Item;
import ipn.gateway.content.EventType;
import ipn.gateway.content.JsonField;
import ipn.gateway.content.JsonShape;
import ipn.gateway.content.StrictJson;
import java.util.List;
import java.util.Optional;

/**
 * Extracts the payment key and the event key of a delivery. The payment key is the payment's id, or the subscription's
 * id where the event is only about the subscription. The event id is only in a header, which is not signed; where it is
 * missing, the hash of the body replaces it.
 */
final class RazorpayKeys {
    static final String EVENT_ID = "x-razorpay-event-id";

    /** The only subscription event that is about a payment. */
    static final String CHARGED = "subscription.charged";

    private static final JsonShape WANTED = JsonShape.of(List.of(
            "/event",
            "/payload/payment/entity/id",
            "/payload/refund/entity/payment_id",
            "/payload/dispute/entity/payment_id",
            "/payload/subscription/entity/id"));

    private RazorpayKeys() {}

    static Item item(Delivery delivery, AccountId account) {
        return StrictJson.glance(delivery.body(), WANTED)
                .map(event -> item(delivery, event, account))
                .orElseGet(() -> Item.unidentified(account, delivery.body()));
    }

    private static Item item(Delivery delivery, JsonField event, AccountId account) {
        var type = EventType.glance(event.at("event"));
        var eventId = delivery.header(EVENT_ID)
                .filter(id -> !id.isBlank())
                .orElseGet(() -> "sha256:" + delivery.body().sha256());
        return Item.of(0, account, paymentId(type, event.at("payload")).orElse(eventId), eventId, type);
    }

    /** The id that all events of one payment, or of one subscription, share. */
    static Optional<String> paymentId(String type, JsonField payload) {
        var subscription = id(payload, "subscription", "id");
        if (type.startsWith("subscription.") && !type.equals(CHARGED)) {
            return subscription;
        }
        return id(payload, "payment", "id")
                .or(() -> id(payload, "refund", "payment_id"))
                .or(() -> id(payload, "dispute", "payment_id"))
                .or(() -> subscription);
    }

    private static Optional<String> id(JsonField payload, String entity, String name) {
        return payload.at(entity).at("entity").at(name).glanceId();
    }
}
