package ipn.gateway.stripe;

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
final class StripeKeys {
    private static final JsonShape WANTED = JsonShape.of(List.of(
            "/id",
            "/type",
            "/data/object/id",
            "/data/object/payment_intent",
            "/data/object/charge",
            "/data/object/mode",
            "/data/object/invoice",
            "/data/object/subscription",
            "/data/object/payment"));

    private StripeKeys() {}

    static Item item(Bytes body, AccountId account) {
        return StrictJson.glance(body, WANTED)
                .flatMap(event -> item(event, account))
                .orElseGet(() -> Item.unidentified(account, body));
    }

    private static Optional<Item> item(JsonField event, AccountId account) {
        var type = EventType.glance(event.at("type"));
        return id(event.at("id"))
                .map(eventId -> Item.of(
                        0,
                        account,
                        paymentId(type, event.at("data").at("object")).orElse(eventId),
                        eventId,
                        type));
    }

    /** The id that all events of one payment, invoice or subscription share. */
    static Optional<String> paymentId(String type, JsonField object) {
        if (type.startsWith("invoice.") || type.startsWith("customer.subscription.")) {
            return id(object.at("id"));
        }
        if (type.startsWith("invoice_payment.")) {
            return paymentOrOwnId(object.at("payment"), object);
        }
        return type.startsWith("checkout.session.") ? sessionPaymentId(object) : paymentOrOwnId(object, object);
    }

    /** The id of what the session sold: a payment, or the first invoice of a subscription. */
    private static Optional<String> sessionPaymentId(JsonField session) {
        var mode = session.at("mode").glance().orElse("");
        var sold = switch (mode) {
            case "payment" -> id(session.at("payment_intent"));
            case "subscription" -> id(session.at("invoice")).or(() -> id(session.at("subscription")));
            default -> Optional.<String>empty();
        };
        return sold.or(() -> id(session.at("id")));
    }

    /** The id of the payment intent of a charge, refund, dispute or warning; old direct charges have none. */
    private static Optional<String> paymentOrOwnId(JsonField payment, JsonField object) {
        return id(payment.at("payment_intent"))
                .or(() -> id(payment.at("charge")))
                .or(() -> id(object.at("id")));
    }

    private static Optional<String> id(JsonField field) {
        return field.glance().or(field.at("id")::glance).filter(id -> !id.isEmpty());
    }
}
