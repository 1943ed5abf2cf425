package ipn.gateway.coinbase;

import ipn.gateway.AccountId;
import ipn.gateway.Item;
import ipn.gateway.content.Bytes;
import ipn.gateway.content.EventType;
import ipn.gateway.content.JsonField;
import ipn.gateway.content.JsonShape;
import ipn.gateway.content.StrictJson;
import java.util.List;
import java.util.Optional;

/** Finds the payment key of an event. Does not validate, so it accepts any body. */
final class CoinbaseKeys {
    private static final JsonShape WANTED = JsonShape.of(
            List.of("/id", "/eventType", "/event/id", "/event/type", "/event/data/code", "/event/data/id"));

    private CoinbaseKeys() {}

    static Item item(Bytes body, AccountId account) {
        return StrictJson.glance(body, WANTED)
                .flatMap(event -> isCommerce(event) ? commerce(event.at("event"), account) : cdp(event, account))
                .orElseGet(() -> Item.unidentified(account, body));
    }

    /** Commerce wraps the event; the outer id, a number in old forms, is only the delivery's. */
    static boolean isCommerce(JsonField body) {
        return body.at("event").isPresent();
    }

    /** The code that payers and merchants see; the charge's long id where it has none. */
    static Optional<String> chargeId(JsonField charge) {
        return charge.at("code").glanceId().or(() -> charge.at("id").glanceId());
    }

    private static Optional<Item> commerce(JsonField event, AccountId account) {
        return event.at("id")
                .glanceId()
                .map(id ->
                        item(account, chargeId(event.at("data")).orElse(id), id, EventType.glance(event.at("type"))));
    }

    /**
     * Successors send the link or checkout itself; each event type occurs once per object,
     * so its id and the type form the event id.
     */
    private static Optional<Item> cdp(JsonField body, AccountId account) {
        var type = EventType.glance(body.at("eventType"));
        return body.at("id")
                .glanceId()
                .filter(id -> !type.isEmpty())
                .map(id -> item(account, id, id + ":" + type, type));
    }

    private static Item item(AccountId account, String paymentId, String eventId, String type) {
        return Item.of(0, account, paymentId, eventId, type);
    }
}
