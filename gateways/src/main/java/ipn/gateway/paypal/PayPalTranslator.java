package ipn.gateway.paypal;

import static java.util.Map.entry;

import ipn.gateway.AccountId;
import ipn.gateway.Delivery;
import ipn.gateway.EventContent;
import ipn.gateway.Item;
import ipn.gateway.Translation;
import ipn.gateway.content.EventType;
import ipn.gateway.content.JsonField;
import ipn.gateway.content.StrictJson;
import ipn.gateway.content.Times;
import java.time.Instant;
import java.util.Map;
import java.util.function.Function;

/** Translates PayPal events, with resources of version 2 and, for sales, of version 1. */
record PayPalTranslator(AccountId account, Merchants merchants, Words words) {
    // spotless:off
    private static final Map<String, Function<PayPalEvent, EventContent>> READERS = Map.ofEntries(
            entry("CHECKOUT.ORDER.APPROVED",               Payments::approved),
            entry("PAYMENT.AUTHORIZATION.CREATED",         Payments::authorized),
            entry("PAYMENT.AUTHORIZATION.VOIDED",          Payments::voided),
            entry("PAYMENT.CAPTURE.PENDING",               Payments::pending),
            entry("PAYMENT.CAPTURE.COMPLETED",             Payments::captured),
            entry("PAYMENT.CAPTURE.DENIED",                Payments::denied),
            entry("PAYMENT.CAPTURE.DECLINED",              Payments::denied),
            entry("PAYMENT.CAPTURE.REFUNDED",              Refunds::refunded),
            entry("PAYMENT.CAPTURE.REVERSED",              Refunds::reversed),
            entry("PAYMENT.SALE.PENDING",                  Payments::pending),
            entry("PAYMENT.SALE.COMPLETED",                Payments::sold),
            entry("PAYMENT.SALE.DENIED",                   Payments::denied),
            entry("PAYMENT.SALE.REFUNDED",                 Refunds::refunded),
            entry("PAYMENT.SALE.REVERSED",                 Refunds::reversed),
            entry("CUSTOMER.DISPUTE.CREATED",              Disputes::snapshot),
            entry("CUSTOMER.DISPUTE.UPDATED",              Disputes::snapshot),
            entry("CUSTOMER.DISPUTE.RESOLVED",             Disputes::snapshot),
            entry("BILLING.SUBSCRIPTION.CREATED",          Subscriptions::created),
            entry("BILLING.SUBSCRIPTION.ACTIVATED",        Subscriptions::activated),
            entry("BILLING.SUBSCRIPTION.RE-ACTIVATED",     Subscriptions::activated),
            entry("BILLING.SUBSCRIPTION.UPDATED",          Subscriptions::snapshot),
            entry("BILLING.SUBSCRIPTION.PAYMENT.FAILED",   Subscriptions::unpaid),
            entry("BILLING.SUBSCRIPTION.SUSPENDED",        Subscriptions::suspended),
            entry("BILLING.SUBSCRIPTION.CANCELLED",        Subscriptions::cancelled),
            entry("BILLING.SUBSCRIPTION.EXPIRED",          Subscriptions::expired));
    // spotless:on

    Translation translate(Delivery delivery, Item item) {
        return Translation.orRefused(
                () -> translate(StrictJson.read(delivery.body()), item, new Times(delivery.receivedAt())));
    }

    private Translation translate(JsonField event, Item item, Times times) {
        var type = EventType.required(event.at("event_type"));
        var reader = READERS.get(type);
        if (reader == null) {
            return new Translation.Ignored(type);
        }
        var occurredAt = envelope(event, times);
        var read = new PayPalEvent(type, event.at("resource").required(), item.index(), account, words, times);
        merchants.check(read);
        return reader.apply(read).translation(type, occurredAt);
    }

    private static Instant envelope(JsonField event, Times times) {
        var unused = event.at("id").required().id();
        var created = event.at("create_time");
        return times.occurred(Times.isoOrSeconds(created), created.pointer());
    }
}
