package ipn.gateway.stripe;

import static java.util.Map.entry;

import ipn.gateway.AccountId;
import ipn.gateway.Delivery;
import ipn.gateway.EventContent;
import ipn.gateway.Item;
import ipn.gateway.NotificationTime;
import ipn.gateway.content.EventType;
import ipn.gateway.content.JsonField;
import ipn.gateway.content.JsonShape;
import ipn.gateway.content.StrictJson;
import ipn.gateway.content.Unknown;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Reads an object that was fetched because of a thin event, by its kind and status, with the readers of the events that
 * contain such an object. It yields the same facts as those events, so both may arrive, in any order.
 */
final class StripeDocument {
    private static final String TYPE_PREFIX = "fetched.";
    private static final JsonShape WANTED =
            JsonShape.of(List.of("/id", "/object", "/payment_intent", "/charge", "/mode", "/invoice", "/subscription"));

    /**
     * The reader of a kind of object.
     *
     * @param event an event type that contains this kind of object; it determines the payment key
     */
    private record Kind(String event, Function<StripeEvent, Optional<EventContent>> reader) {}

    // spotless:off
    private static final Map<String, Kind> KINDS = Map.ofEntries(
            entry("payment_intent",   new Kind("payment_intent.updated",        StripeDocument::paymentIntent)),
            entry("charge",           new Kind("charge.updated",                StripeDocument::charge)),
            entry("refund",           new Kind("refund.updated",                event -> Optional.of(Refunds.snapshot(event)))),
            entry("dispute",          new Kind("charge.dispute.updated",        event -> Optional.of(Disputes.snapshot(event)))),
            entry("subscription",     new Kind("customer.subscription.updated", event -> Optional.of(Subscriptions.snapshot(event)))),
            entry("invoice",          new Kind("invoice.updated",               StripeDocument::invoice)),
            entry("checkout.session", new Kind("checkout.session.updated",      StripeDocument::session)));
    // spotless:on

    private StripeDocument() {}

    static Item item(Delivery delivery, AccountId account) {
        return StrictJson.glance(delivery.body(), WANTED)
                .map(object -> item(object, delivery, account))
                .orElseGet(() -> Item.unidentified(account, delivery.body()));
    }

    private static Item item(JsonField object, Delivery delivery, AccountId account) {
        var eventId = NotificationTime.eventId(delivery);
        var kind = KINDS.get(object.at("object").glance().orElse(""));
        var paymentId = kind == null ? object.at("id").glance() : StripeKeys.paymentId(kind.event(), object);
        return new Item(
                0,
                account.keyOf(paymentId.filter(id -> !id.isEmpty()).orElse(eventId)),
                account.key(eventId),
                type(object));
    }

    /** The type under which a fetched object is recorded. */
    static String type(JsonField object) {
        return object.at("object")
                .glance()
                .filter(EventType::is)
                .map(kind -> TYPE_PREFIX + kind)
                .orElse("");
    }

    /** The event type with which StripeKeys finds the payment; empty for objects that contain no fact. */
    static Optional<String> event(JsonField object) {
        return Optional.ofNullable(KINDS.get(object.at("object").glance().orElse("")))
                .map(Kind::event);
    }

    /** The content of the object; empty where it contains no fact. */
    static Optional<EventContent> read(StripeEvent event) {
        return Optional.ofNullable(KINDS.get(event.at("object").glance().orElse("")))
                .flatMap(kind -> kind.reader().apply(event))
                .filter(content -> !content.facts().isEmpty());
    }

    private static Optional<EventContent> paymentIntent(StripeEvent event) {
        var status = event.at("status").required();
        return Optional.of(
                switch (status.glance().orElse("")) {
                    case "requires_payment_method" ->
                        event.at("last_payment_error").isPresent()
                                ? PaymentIntents.failed(event)
                                : PaymentIntents.pending(event);
                    case "requires_confirmation", "requires_action", "processing" -> PaymentIntents.pending(event);
                    case "requires_capture" -> PaymentIntents.authorized(event);
                    case "succeeded" -> PaymentIntents.captured(event);
                    case "canceled" -> PaymentIntents.canceled(event);
                    default -> throw Unknown.status(status);
                });
    }

    /** The captured amount and the sum of its refunds; the sum does not contain the individual refunds. */
    private static Optional<EventContent> charge(StripeEvent event) {
        var content = Charges.snapshot(event);
        var back = event.at("captured").flag()
                && event.at("amount_refunded").isPresent()
                && event.money("amount_refunded").minorUnits() > 0;
        return Optional.of(
                back ? content.and(List.of(Charges.refunded(event).facts().get(0))) : content);
    }

    /** An open invoice does not show whether a payment was attempted; the subscription does. */
    private static Optional<EventContent> invoice(StripeEvent event) {
        var status = event.at("status").required();
        return Optional.of(
                switch (status.glance().orElse("")) {
                    case "draft", "open" -> Invoices.open(event);
                    case "paid" -> Invoices.paid(event);
                    case "uncollectible" -> Invoices.uncollectible(event);
                    case "void" -> Invoices.voided(event);
                    default -> throw Unknown.status(status);
                });
    }

    private static Optional<EventContent> session(StripeEvent event) {
        var status = event.at("status").required();
        return switch (status.glance().orElse("")) {
            case "open" -> Optional.empty();
            case "complete" -> Optional.of(CheckoutSessions.completed(event));
            case "expired" -> Optional.of(CheckoutSessions.expired(event));
            default -> throw Unknown.status(status);
        };
    }
}
