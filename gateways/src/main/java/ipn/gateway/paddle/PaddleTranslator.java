package ipn.gateway.paddle;

import static java.util.Map.entry;

import ipn.gateway.AccountId;
import ipn.gateway.Delivery;
import ipn.gateway.EventContent;
import ipn.gateway.References;
import ipn.gateway.Translation;
import ipn.gateway.content.EventType;
import ipn.gateway.content.GatewayIds;
import ipn.gateway.content.JsonField;
import ipn.gateway.content.RefusedException;
import ipn.gateway.content.StrictJson;
import ipn.gateway.content.Times;
import ipn.topics.Reason;
import java.util.Map;
import java.util.function.Function;

/**
 * Translates Paddle events. A notification does not contain its mode (live or sandbox); the secret that verifies it
 * determines the mode.
 */
record PaddleTranslator(AccountId account, References references) {
    // spotless:off
    private static final Map<String, Function<PaddleEvent, EventContent>> READERS = Map.ofEntries(
            entry("transaction.created",        Transactions::snapshot),
            entry("transaction.ready",          Transactions::pending),
            entry("transaction.billed",         Transactions::pending),
            entry("transaction.updated",        Transactions::snapshot),
            entry("transaction.revised",        Transactions::snapshot),
            entry("transaction.payment_failed", Transactions::failed),
            entry("transaction.past_due",       Transactions::pastDue),
            entry("transaction.canceled",       Transactions::canceled),
            entry("transaction.paid",           Transactions::paid),
            entry("transaction.completed",      Transactions::completed),
            entry("adjustment.created",         Adjustments::snapshot),
            entry("adjustment.updated",         Adjustments::snapshot),
            entry("subscription.created",       Subscriptions::snapshot),
            entry("subscription.imported",      Subscriptions::snapshot),
            entry("subscription.trialing",      Subscriptions::snapshot),
            entry("subscription.activated",     Subscriptions::snapshot),
            entry("subscription.updated",       Subscriptions::snapshot),
            entry("subscription.past_due",      Subscriptions::snapshot),
            entry("subscription.paused",        Subscriptions::snapshot),
            entry("subscription.resumed",       Subscriptions::snapshot),
            entry("subscription.canceled",      Subscriptions::snapshot));
    // spotless:on

    Translation translate(Delivery delivery) {
        return translate(StrictJson.read(delivery.body()), new Times(delivery.receivedAt()));
    }

    private Translation translate(JsonField event, Times times) {
        var type = EventType.required(event.at("event_type"));
        var reader = READERS.get(type);
        if (reader == null) {
            return new Translation.Ignored(type);
        }
        var unused = event.at("event_id").required().id();
        var time = event.at("occurred_at");
        var occurredAt = times.occurred(Times.isoOrSeconds(time), time.pointer());
        var object = event.at("data");
        if (!PaddleKeys.paymentId(type, object).map(GatewayIds::isId).orElse(true)) {
            throw new RefusedException(Reason.INVALID_ID, object.pointer() + ": the id of its payment is invalid");
        }
        return reader.apply(new PaddleEvent(type, object, account, references, times))
                .translation(type, occurredAt);
    }
}
