package ipn.gateway.square;

import ipn.gateway.AccountId;
import ipn.gateway.Item;
import ipn.gateway.content.Bytes;
import ipn.gateway.content.EventType;
import ipn.gateway.content.JsonField;
import ipn.gateway.content.JsonShape;
import ipn.gateway.content.StrictJson;
import java.util.List;
import java.util.Optional;

/**
 * Extracts the payment key and the event key of an event. The payment key is that of the payment or the subscription;
 * for an invoice it is that of its order, because the order's id is the only id that an invoice shares with its
 * payments.
 */
final class SquareKeys {
    private static final JsonShape WANTED = JsonShape.of(List.of(
            "/event_id",
            "/type",
            "/data/id",
            "/data/object/payment/id",
            "/data/object/refund/id",
            "/data/object/refund/payment_id",
            "/data/object/dispute/id",
            "/data/object/dispute/disputed_payment",
            "/data/object/invoice/id",
            "/data/object/invoice/order_id",
            "/data/object/subscription/id"));

    private SquareKeys() {}

    static Item item(Bytes body, AccountId account) {
        return StrictJson.glance(body, WANTED)
                .flatMap(event -> item(event, account))
                .orElseGet(() -> Item.unidentified(account, body));
    }

    private static Optional<Item> item(JsonField event, AccountId account) {
        var type = EventType.glance(event.at("type"));
        return event.at("event_id")
                .glanceId()
                .map(eventId -> Item.of(
                        0,
                        account,
                        paymentId(type, event.at("data").at("object"))
                                .or(() -> event.at("data").at("id").glanceId())
                                .orElse(eventId),
                        eventId,
                        type));
    }

    /** The id that all events of one payment, invoice or subscription share. */
    static Optional<String> paymentId(String type, JsonField object) {
        var kind = kind(type);
        var thing = object.at(kind);
        return switch (kind) {
            case "refund" ->
                thing.at("payment_id").glanceId().or(() -> thing.at("id").glanceId());
            case "dispute" ->
                thing.at("disputed_payment")
                        .at("payment_id")
                        .glanceId()
                        .or(() -> thing.at("id").glanceId());
            case "invoice" ->
                thing.at("order_id").glanceId().or(() -> thing.at("id").glanceId());
            case "payment", "subscription" -> thing.at("id").glanceId();
            default -> Optional.empty();
        };
    }

    /** The kind of object of an event, from its type; {@code data.type} is not reliable. */
    static String kind(String type) {
        var dot = type.indexOf('.');
        return dot < 0 ? type : type.substring(0, dot);
    }
}
