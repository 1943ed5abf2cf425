package ipn.gateway.stripe;

import static java.util.Map.entry;

import ipn.gateway.AccountId;
import ipn.gateway.Delivery;
import ipn.gateway.EventContent;
import ipn.gateway.NotificationTime;
import ipn.gateway.Receiver;
import ipn.gateway.References;
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
 * Translates Stripe events, in the formats of API versions before and after 2025.
 *
 * @param receiver accounts whose events are accepted
 */
record StripeTranslator(AccountId account, Receiver receiver, References references) {
    // spotless:off
    private static final Map<String, Function<StripeEvent, EventContent>> READERS = Map.ofEntries(
            entry("payment_intent.created",                     PaymentIntents::pending),
            entry("payment_intent.requires_action",             PaymentIntents::pending),
            entry("payment_intent.processing",                  PaymentIntents::pending),
            entry("payment_intent.amount_capturable_updated",   PaymentIntents::authorized),
            entry("payment_intent.succeeded",                   PaymentIntents::captured),
            entry("payment_intent.payment_failed",              PaymentIntents::failed),
            entry("payment_intent.canceled",                    PaymentIntents::canceled),
            entry("charge.pending",                             Charges::snapshot),
            entry("charge.succeeded",                           Charges::snapshot),
            entry("charge.updated",                             Charges::snapshot),
            entry("charge.failed",                              Charges::snapshot),
            entry("charge.captured",                            Charges::captured),
            entry("charge.expired",                             Charges::expired),
            entry("charge.refunded",                            Charges::refunded),
            entry("charge.refund.updated",                      Refunds::snapshot),
            entry("refund.created",                             Refunds::snapshot),
            entry("refund.updated",                             Refunds::snapshot),
            entry("refund.failed",                              Refunds::snapshot),
            entry("charge.dispute.created",                     Disputes::snapshot),
            entry("charge.dispute.updated",                     Disputes::snapshot),
            entry("charge.dispute.closed",                      Disputes::snapshot),
            entry("charge.dispute.funds_withdrawn",             Disputes::fundsWithdrawn),
            entry("charge.dispute.funds_reinstated",            Disputes::fundsReinstated),
            entry("radar.early_fraud_warning.created",          FraudSignals::warning),
            entry("radar.early_fraud_warning.updated",          FraudSignals::warning),
            entry("review.opened",                              FraudSignals::reviewOpened),
            entry("review.closed",                              FraudSignals::reviewClosed),
            entry("checkout.session.completed",                 CheckoutSessions::completed),
            entry("checkout.session.async_payment_succeeded",   CheckoutSessions::completed),
            entry("checkout.session.async_payment_failed",      CheckoutSessions::failed),
            entry("checkout.session.expired",                   CheckoutSessions::expired),
            entry("customer.subscription.created",              Subscriptions::snapshot),
            entry("customer.subscription.updated",              Subscriptions::snapshot),
            entry("customer.subscription.resumed",              Subscriptions::snapshot),
            entry("customer.subscription.paused",               Subscriptions::paused),
            entry("customer.subscription.deleted",              Subscriptions::deleted),
            entry("invoice.created",                            Invoices::open),
            entry("invoice.finalized",                          Invoices::open),
            entry("invoice.paid",                               Invoices::paid),
            entry("invoice.payment_succeeded",                  Invoices::paid),
            entry("invoice.payment_failed",                     Invoices::failed),
            entry("invoice.marked_uncollectible",               Invoices::uncollectible),
            entry("invoice.voided",                             Invoices::voided),
            entry("invoice_payment.paid",                       InvoicePayments::paid));
    // spotless:on

    Translation translate(Delivery delivery) {
        return Translation.orRefused(
                () -> translate(StrictJson.read(delivery.body()), new Times(delivery.receivedAt())));
    }

    private Translation translate(JsonField event, Times times) {
        var type = EventType.required(event.at("type"));
        var reader = READERS.get(type);
        // a thin event of API v2, whatever its type, contains no object; the object is fetched
        if (reader == null || ThinEvent.isThin(event)) {
            return new Translation.Ignored(type);
        }
        var occurredAt = envelope(event, times);
        var object = event.at("data").at("object");
        requirePaymentId(type, object);
        return reader.apply(new StripeEvent(type, object, account, references, times))
                .translation(type, occurredAt);
    }

    /** Translates an object that was fetched because of a thin event; its time is that of the event. */
    Translation translateDocument(Delivery delivery) {
        return Translation.orRefused(() -> {
            var object = StrictJson.read(delivery.body());
            var type = StripeDocument.type(object);
            if (type.isEmpty()) {
                throw new RefusedException(
                        Reason.MALFORMED, object.at("object").pointer() + ": not the name of an object type");
            }
            var notifiedAt = NotificationTime.read(delivery);
            var event = StripeDocument.event(object);
            return event.isEmpty()
                    ? new Translation.Ignored(type)
                    : translateDocument(type, event.get(), object, notifiedAt, new Times(delivery.receivedAt()));
        });
    }

    private Translation translateDocument(
            String type, String event, JsonField object, Instant notifiedAt, Times times) {
        var unused = object.at("id").required().id();
        if (object.at("livemode").isPresent()) {
            requireMode(object.at("livemode"));
        }
        requirePaymentId(event, object);
        return StripeDocument.read(new StripeEvent(event, object, account, references, times))
                .map(content -> content.translation(type, notifiedAt))
                .orElseGet(() -> new Translation.Ignored(type));
    }

    private static void requirePaymentId(String type, JsonField object) {
        if (!StripeKeys.paymentId(type, object).map(GatewayIds::isId).orElse(true)) {
            throw new RefusedException(Reason.INVALID_ID, object.pointer() + ": the id of its payment is invalid");
        }
    }

    private void requireMode(JsonField live) {
        if (live.flag() != account.live()) {
            throw new RefusedException(
                    Reason.WRONG_MODE, live.pointer() + ": not the mode of the account (see gateways.stripe)");
        }
    }

    private Instant envelope(JsonField event, Times times) {
        var unused = event.at("id").required().id();
        requireMode(event.at("livemode").required());
        receiver.check(event.at("account"));
        var created = event.at("created");
        return times.occurred(Times.seconds(created), created.pointer());
    }
}
