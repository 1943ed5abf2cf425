package ipn.gateway.adyen;

import ipn.gateway.AccountId;
import ipn.gateway.Item;
import ipn.gateway.content.Bytes;
import ipn.gateway.content.EventType;
import java.util.List;
import java.util.stream.IntStream;

/** On which id the facts of an item meet. Looks only, so that it can be asked for every body. */
final class AdyenKeys {
    private AdyenKeys() {}

    static List<Item> items(Bytes body, AdyenAccountSettings accountSettings) {
        var account = accountSettings.account();
        var read = AdyenBody.glance(body);
        if (read.isEmpty()) {
            return List.of(Item.unidentified(account, body));
        }
        var items = read.get().items();
        return items.isEmpty()
                ? List.of(whole(read.get(), body, account))
                : IntStream.range(0, items.size())
                        .mapToObj(index -> item(index, new AdyenItem(items.get(index)), body, accountSettings))
                        .toList();
    }

    /** Adyen sends an event again under the same two names; whether it succeeded makes it another one. */
    private static Item item(int index, AdyenItem item, Bytes body, AdyenAccountSettings accountSettings) {
        var account = accountSettings.account();
        var psp = item.text("pspReference");
        var type = EventType.glance(item.at("eventCode"));
        if (psp.isEmpty() || type.isEmpty()) {
            var key = account.key("unidentified:" + body.sha256() + ":" + Integer.toString(index));
            return new Item(index, key, key, type);
        }
        var event = String.join(":", item.text("merchantAccountCode"), psp, type, item.text("success"));
        return Item.of(index, account, item.paymentId(accountSettings.referenceIsUnique()), event, type);
    }

    /** A webhook of another family: about a stored payment method, or about nothing we know. */
    private static Item whole(AdyenBody read, Bytes body, AccountId account) {
        var unidentified = Item.unidentified(account, body);
        var type = EventType.glance(read.root().at("type"));
        return read.root()
                .at("eventId")
                .glance()
                .filter(event -> !event.isEmpty())
                .map(event -> {
                    var about = read.root()
                            .at("data")
                            .at("storedPaymentMethodId")
                            .glance()
                            .filter(id -> !id.isEmpty())
                            .orElse(event);
                    return Item.of(0, account, about, event, type);
                })
                .orElse(new Item(0, unidentified.paymentKey(), unidentified.eventKey(), type));
    }
}
