package ipn.gateway.paddle;

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
 * Extracts the payment key and the event key of an event. Never fails, because it runs on every body, also on one that
 * is not valid.
 */
final class PaddleKeys {
    private static final JsonShape WANTED =
            JsonShape.of(List.of("/event_id", "/event_type", "/data/id", "/data/transaction_id"));

    private PaddleKeys() {}

    static Item item(Bytes body, AccountId account) {
        return StrictJson.glance(body, WANTED)
                .flatMap(event -> item(event, account))
                .orElseGet(() -> Item.unidentified(account, body));
    }

    private static Optional<Item> item(JsonField event, AccountId account) {
        var type = EventType.glance(event.at("event_type"));
        return event.at("event_id")
                .glanceId()
                .map(eventId ->
                        Item.of(0, account, paymentId(type, event.at("data")).orElse(eventId), eventId, type));
    }

    /** The transaction's id for an adjustment, and the entity's own id for every other event. */
    static Optional<String> paymentId(String type, JsonField object) {
        var own = object.at("id").glanceId();
        return type.startsWith("adjustment.")
                ? object.at("transaction_id").glanceId().or(() -> own)
                : own;
    }
}
