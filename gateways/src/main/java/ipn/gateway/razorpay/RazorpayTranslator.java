package ipn.gateway.razorpay;

import static java.util.Map.entry;

import ipn.gateway.AccountId;
import ipn.gateway.Delivery;
import ipn.gateway.EventContent;
import ipn.gateway.Receiver;
import ipn.gateway.References;
import ipn.gateway.Translation;
import ipn.gateway.content.EventType;
import ipn.gateway.content.GatewayIds;
import ipn.gateway.content.RefusedException;
import ipn.gateway.content.StrictJson;
import ipn.gateway.content.Times;
import ipn.topics.Reason;
import java.util.Map;
import java.util.function.Function;

/**
 * Translates Razorpay events. An event does not contain its mode; each mode has its own webhooks and secrets.
 *
 * @param receiver accounts whose events are accepted
 */
record RazorpayTranslator(AccountId account, Receiver receiver, References references) {
    // spotless:off
    private static final Map<String, Function<RazorpayEvent, EventContent>> READERS = Map.ofEntries(
            entry("payment.pending",                    Payments::pending),
            entry("payment.authorized",                 Payments::authorized),
            entry("payment.captured",                   Payments::captured),
            entry("payment.failed",                     Payments::failed),
            entry("order.paid",                         Payments::captured),
            entry("invoice.paid",                       Payments::captured),
            entry("invoice.partially_paid",             Payments::captured),
            entry("refund.created",                     Refunds::snapshot),
            entry("refund.processed",                   Refunds::snapshot),
            entry("refund.speed_changed",               Refunds::snapshot),
            entry("refund.failed",                      Refunds::failed),
            entry("payment.dispute.created",            Disputes::open),
            entry("payment.dispute.under_review",       Disputes::open),
            entry("payment.dispute.action_required",    Disputes::open),
            entry("payment.dispute.won",                Disputes::won),
            entry("payment.dispute.lost",               Disputes::lost),
            entry("payment.dispute.closed",             Disputes::closed),
            entry("subscription.authenticated",         Subscriptions::snapshot),
            entry("subscription.updated",               Subscriptions::snapshot),
            entry("subscription.activated",             Subscriptions::active),
            entry("subscription.resumed",               Subscriptions::active),
            entry(RazorpayKeys.CHARGED,                 Subscriptions::charged),
            entry("subscription.pending",               Subscriptions::pastDue),
            entry("subscription.halted",                Subscriptions::halted),
            entry("subscription.cancelled",             Subscriptions::canceled),
            entry("subscription.completed",             Subscriptions::completed),
            entry("subscription.paused",                Subscriptions::paused));
    // spotless:on

    /** @throws RefusedException where the event is invalid */
    Translation translate(Delivery delivery) {
        var event = StrictJson.read(delivery.body());
        var type = EventType.required(event.at("event"));
        var reader = READERS.get(type);
        if (reader == null) {
            return new Translation.Ignored(type);
        }
        receiver.check(event.at("account_id"));
        var created = event.at("created_at");
        var times = new Times(delivery.receivedAt());
        var occurredAt = times.occurred(Times.seconds(created), created.pointer());
        var payload = event.at("payload");
        if (!RazorpayKeys.paymentId(type, payload).map(GatewayIds::isId).orElse(false)) {
            throw new RefusedException(Reason.INVALID_ID, payload.pointer() + ": names no payment or subscription");
        }
        return reader.apply(new RazorpayEvent(payload, account, references, times, occurredAt))
                .translation(type, occurredAt);
    }
}
