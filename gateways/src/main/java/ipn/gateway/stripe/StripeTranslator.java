package ipn.gateway.stripe;

import static java.util.Map.entry;

import ipn.gateway.AccountId;
import ipn.gateway.Delivery;
import ipn.gateway.EventType;
import ipn.gateway.Item;
import ipn.gateway.JsonField;
import ipn.gateway.References;
import ipn.gateway.RefusedException;
import ipn.gateway.Story;
import ipn.gateway.StrictJson;
import ipn.gateway.Times;
import ipn.gateway.Translation;
import ipn.topics.Reason;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Says what an event means, in the shapes of API versions before and after 2025.
 *
 * @param connected Connect account the events must be about; empty: any
 */
record StripeTranslator(AccountId account, Optional<String> connected, References references) {
    // spotless:off
    private static final Map<String, Function<StripeEvent, Story>> READERS = Map.ofEntries(
            entry("payment_intent.created",                     PaymentIntents::pending),
            entry("payment_intent.requires_action",             PaymentIntents::pending),
            entry("payment_intent.processing",                  PaymentIntents::pending),
            entry("payment_intent.amount_capturable_updated",   PaymentIntents::authorised),
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
        try {
            return translate(StrictJson.read(delivery.body()), new Times(delivery.receivedAt()));
        } catch (RefusedException e) {
            return e.refusal();
        }
    }

    private Translation translate(JsonField event, Times times) {
        var type = EventType.required(event.at("type"));
        var reader = READERS.get(type);
        // thin events of API v2 say only that there is something to fetch, whatever they are called
        var thin = event.at("object").glance().filter("v2.core.event"::equals).isPresent();
        if (reader == null || thin) {
            return new Translation.Ignored(type);
        }
        var occurredAt = envelope(event, times);
        var object = event.at("data").at("object");
        if (!StripeKeys.paymentId(type, object).map(Item::isId).orElse(true)) {
            throw new RefusedException(Reason.INVALID_ID, object.pointer() + ": names its payment by what is no id");
        }
        return reader.apply(new StripeEvent(type, object, account, references, times))
                .told(type, occurredAt);
    }

    private Instant envelope(JsonField event, Times times) {
        var unused = event.at("id").required().id();
        var live = event.at("livemode").required();
        if (live.flag() != account.live()) {
            throw new RefusedException(
                    Reason.WRONG_MODE, live.pointer() + ": not the mode of the account (see gateways.stripe)");
        }
        var receiver = event.at("account");
        if (connected.isPresent() && !receiver.glance().equals(connected)) {
            throw new RefusedException(
                    Reason.WRONG_RECEIVER, receiver.pointer() + ": not the account configured (see gateways.stripe)");
        }
        var created = event.at("created");
        return times.occurred(Times.seconds(created), created.pointer());
    }
}
