package ipn.gateway.square;

import static java.util.Map.entry;

import ipn.gateway.AccountId;
import ipn.gateway.Delivery;
import ipn.gateway.EventContent;
import ipn.gateway.Receiver;
import ipn.gateway.Translation;
import ipn.gateway.content.EventType;
import ipn.gateway.content.GatewayIds;
import ipn.gateway.content.JsonField;
import ipn.gateway.content.RefusedException;
import ipn.gateway.content.StrictJson;
import ipn.gateway.content.Times;
import ipn.topics.Reason;
import java.time.Instant;
import java.util.Map;
import java.util.function.Function;

/**
 * Translates Square events. Every object is a snapshot, so its status counts and not the event's name.
 *
 * @param merchant merchants whose events are accepted
 */
record SquareTranslator(AccountId account, Receiver merchant, Words words) {
    /**
     * This header is not signed, but a notification of the other mode would also need a signature with the other mode's
     * key.
     */
    static final String ENVIRONMENT = "square-environment";

    // spotless:off
    private static final Map<String, Function<SquareEvent, EventContent>> READERS = Map.ofEntries(
            entry("payment.created",                    Payments::snapshot),
            entry("payment.updated",                    Payments::snapshot),
            entry("refund.created",                     Refunds::snapshot),
            entry("refund.updated",                     Refunds::snapshot),
            entry("dispute.created",                    Disputes::snapshot),
            entry("dispute.state.updated",              Disputes::snapshot),
            entry("dispute.state.changed",              Disputes::snapshot),
            entry("subscription.created",               Subscriptions::snapshot),
            entry("subscription.updated",               Subscriptions::snapshot),
            entry("invoice.created",                    Invoices::snapshot),
            entry("invoice.published",                  Invoices::snapshot),
            entry("invoice.updated",                    Invoices::snapshot),
            entry("invoice.payment_made",               Invoices::snapshot),
            entry("invoice.refunded",                   Invoices::snapshot),
            entry("invoice.canceled",                   Invoices::snapshot),
            entry("invoice.scheduled_charge_failed",    Invoices::failed));
    // spotless:on

    /** @throws RefusedException where the event is invalid */
    Translation translate(Delivery delivery) {
        var event = StrictJson.read(delivery.body());
        var type = EventType.required(event.at("type"));
        var reader = READERS.get(type);
        if (reader == null) {
            return new Translation.Ignored(type);
        }
        checkAddress(delivery, event);
        var objects = event.at("data").at("object");
        if (!SquareKeys.paymentId(type, objects).map(GatewayIds::isId).orElse(true)) {
            throw new RefusedException(Reason.INVALID_ID, objects.pointer() + ": the id of its payment is invalid");
        }
        var object = objects.at(SquareKeys.kind(type)).required();
        var times = new Times(delivery.receivedAt());
        var occurredAt = occurredAt(event, object, times);
        return reader.apply(new SquareEvent(type, object, account, words, times, occurredAt))
                .translation(type, occurredAt);
    }

    private void checkAddress(Delivery delivery, JsonField event) {
        var unused = event.at("event_id").required().id();
        var mode = account.live() ? "Production" : "Sandbox";
        if (!delivery.headers(ENVIRONMENT).stream().allMatch(mode::equalsIgnoreCase)) {
            throw new RefusedException(
                    Reason.WRONG_MODE,
                    "the header " + ENVIRONMENT + ": not the mode of the account (see gateways.square)");
        }
        merchant.check(event.at("merchant_id"));
    }

    /**
     * The time of the object's last change. Redelivered events are unchanged, so the object's own time best orders its
     * snapshots.
     */
    private static Instant occurredAt(JsonField event, JsonField object, Times times) {
        var updated = object.at("updated_at");
        var at = updated.isPresent() ? updated : event.at("created_at");
        return times.occurred(Times.isoOrSeconds(at), at.pointer());
    }
}
