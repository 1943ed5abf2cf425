package ipn.gateway.stripe;

import ipn.fact.Fact;
import ipn.fact.Fact.AttemptStatus;
import ipn.fact.Money;
import ipn.gateway.EventContent;
import ipn.gateway.content.Unknown;
import java.util.Optional;

/** Reads {@code charge.*} events whose object is the charge. */
final class Charges {
    private Charges() {}

    static EventContent snapshot(StripeEvent event) {
        var status = event.at("status").required();
        return switch (status.glance().orElse("")) {
            case "succeeded" -> event.at("captured").flag() ? captured(event) : held(event);
            case "pending" -> attempt(event, AttemptStatus.PENDING, "");
            case "failed" ->
                attempt(event, AttemptStatus.FAILED, event.at("failure_code").code());
            default -> throw Unknown.status(status);
        };
    }

    static EventContent captured(StripeEvent event) {
        var field = event.at("amount_captured").isPresent() ? "amount_captured" : "amount";
        var amount = event.money(field);
        return about(
                event,
                EventContent.of(
                        amount.minorUnits(), amount, new Fact.Captured(event.paymentId(), amount, Optional.empty())));
    }

    static EventContent expired(StripeEvent event) {
        return attempt(event, AttemptStatus.EXPIRED, "");
    }

    /**
     * Reads a refunded charge. Stripe also reports the release of an uncaptured authorization as a refund; no money was
     * captured, so none is refunded.
     */
    static EventContent refunded(StripeEvent event) {
        if (!event.at("captured").required().flag()) {
            return released(event);
        }
        Money amount = event.money("amount_refunded");
        return about(
                event, EventContent.of(amount.minorUnits(), amount, new Fact.RefundTotal(event.paymentId(), amount)));
    }

    private static EventContent held(StripeEvent event) {
        if (event.at("refunded").flag()) {
            return released(event);
        }
        var amount = event.money("amount");
        return about(
                event, EventContent.of(amount.minorUnits(), amount, new Fact.Authorized(event.paymentId(), amount)));
    }

    private static EventContent released(StripeEvent event) {
        return attempt(event, AttemptStatus.CANCELED, "released");
    }

    private static EventContent attempt(StripeEvent event, AttemptStatus status, String reason) {
        return about(event, Attempts.content(event.paymentId(), status, reason, event.money("amount")));
    }

    private static EventContent about(StripeEvent event, EventContent content) {
        return content.and(event.invoice()).and(event.metadata());
    }
}
