package ipn.gateway.paypal;

import ipn.gateway.AccountId;
import ipn.gateway.Item;
import ipn.gateway.content.Bytes;
import ipn.gateway.content.EventType;
import ipn.gateway.content.JsonField;
import ipn.gateway.content.JsonShape;
import ipn.gateway.content.StrictJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Extracts the payment keys and event keys of an event. The payment is the capture or sale for its refunds and
 * disputes, and otherwise the authorization, order or subscription that the event is about. Never fails, because it
 * runs on every body, also on one that is not valid.
 */
final class PayPalKeys {
    /** The largest supported number of payments in one dispute; real disputes have fewer. */
    static final int PAYMENTS_MAX = 100;

    private static final JsonShape WANTED = JsonShape.of(List.of(
            "/id",
            "/event_type",
            "/resource/id",
            "/resource/links",
            "/resource/sale_id",
            "/resource/dispute_id",
            "/resource/disputed_transactions"));

    /** Events whose resource is the refund or reversal, not the payment. */
    private static final Set<String> OF_CAPTURES = Set.of("PAYMENT.CAPTURE.REFUNDED", "PAYMENT.CAPTURE.REVERSED");

    private static final Set<String> OF_SALES = Set.of("PAYMENT.SALE.REFUNDED", "PAYMENT.SALE.REVERSED");

    private PayPalKeys() {}

    static List<Item> items(Bytes body, AccountId account) {
        return StrictJson.glance(body, WANTED)
                .flatMap(event -> event.at("id").glanceId().map(eventId -> items(event, eventId, account)))
                .orElseGet(() -> List.of(Item.unidentified(account, body)));
    }

    private static List<Item> items(JsonField event, String eventId, AccountId account) {
        var type = EventType.glance(event.at("event_type"));
        var payments = payments(type, event.at("resource"));
        var items = new ArrayList<Item>();
        for (var i = 0; i < Math.min(payments.size(), PAYMENTS_MAX); i++) {
            // an event key identifies one content, and each payment of a dispute has its own content
            var eventKey = i == 0 ? eventId : eventId + ":" + Integer.toString(i);
            items.add(Item.of(i, account, payments.get(i), eventKey, type));
        }
        if (items.isEmpty()) {
            items.add(Item.of(0, account, eventId, eventId, type));
        }
        return items;
    }

    private static List<String> payments(String type, JsonField resource) {
        if (type.startsWith("CUSTOMER.DISPUTE.")) {
            return disputed(resource);
        }
        return payment(type, resource).stream().toList();
    }

    private static List<String> disputed(JsonField resource) {
        var payments = resource.at("disputed_transactions").elements().stream()
                .map(payment -> payment.at("seller_transaction_id").glanceId())
                .toList();
        var known = !payments.isEmpty() && payments.stream().allMatch(Optional::isPresent);
        return known
                ? payments.stream().map(Optional::orElseThrow).toList()
                : resource.at("dispute_id").glanceId().stream().toList();
    }

    /** The payment that an event is about; not for disputes. */
    static Optional<String> payment(String type, JsonField resource) {
        if (OF_CAPTURES.contains(type)) {
            return Links.id(resource, "up", "captures")
                    .or(() -> resource.at("id").glanceId());
        }
        if (OF_SALES.contains(type)) {
            return resource.at("sale_id")
                    .glanceId()
                    .or(() -> Links.id(resource, "sale", "sale"))
                    .or(() -> resource.at("id").glanceId());
        }
        return resource.at("id").glanceId();
    }
}
