package ipn.gateway.stripe;

import ipn.fact.Fact;
import ipn.fact.Fact.AttemptStatus;
import ipn.fact.Money;
import ipn.gateway.EventContent;
import java.util.Optional;

/** Reads {@code payment_intent.*} events. */
final class PaymentIntents {
    private PaymentIntents() {}

    static EventContent pending(StripeEvent event) {
        return about(event, Attempts.content(event.id("id"), AttemptStatus.PENDING, "", event.money("amount")));
    }

    /**
     * The authorized amount includes the captured part; otherwise a partial capture would look like a smaller
     * authorization.
     */
    static EventContent authorized(StripeEvent event) {
        var capturable = event.money("amount_capturable");
        var received = event.at("amount_received").isPresent() ? event.money("amount_received") : null;
        var amount = received == null
                ? capturable
                : new Money(capturable.minorUnits() + received.minorUnits(), capturable.currency());
        return about(event, EventContent.of(amount.minorUnits(), amount, new Fact.Authorized(event.id("id"), amount)));
    }

    static EventContent captured(StripeEvent event) {
        var amount = event.money("amount_received");
        return about(
                event,
                EventContent.of(
                        amount.minorUnits(), amount, new Fact.Captured(event.id("id"), amount, Optional.empty())));
    }

    static EventContent failed(StripeEvent event) {
        var error = event.at("last_payment_error");
        var declined = error.at("decline_code").code();
        var reason = declined.isEmpty() ? error.at("code").code() : declined;
        return about(event, Attempts.content(event.id("id"), AttemptStatus.FAILED, reason, event.money("amount")));
    }

    static EventContent canceled(StripeEvent event) {
        var reason = event.at("cancellation_reason").code();
        return about(event, Attempts.content(event.id("id"), AttemptStatus.CANCELED, reason, event.money("amount")));
    }

    private static EventContent about(StripeEvent event, EventContent content) {
        return content.and(event.invoice()).and(event.metadata());
    }
}
