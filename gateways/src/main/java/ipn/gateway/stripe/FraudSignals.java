package ipn.gateway.stripe;

import ipn.fact.Fact;
import ipn.gateway.EventContent;

/** Reads early fraud warnings of card networks, and Radar's reviews. */
final class FraudSignals {
    private FraudSignals() {}

    /**
     * A card network never withdraws a warning. A warning that is no longer actionable is followed by a refund or a
     * dispute, which contains more.
     */
    static EventContent warning(StripeEvent event) {
        return EventContent.of(
                1,
                new Fact.FraudFlag(event.id("id"), true, event.at("fraud_type").code()));
    }

    static EventContent reviewOpened(StripeEvent event) {
        return EventContent.of(
                1, new Fact.FraudFlag(event.id("id"), true, event.at("reason").code()));
    }

    static EventContent reviewClosed(StripeEvent event) {
        var reason = event.at("closed_reason").code();
        return EventContent.of(2, new Fact.FraudFlag(event.id("id"), suspicionStays(reason), reason));
    }

    private static boolean suspicionStays(String closedReason) {
        return switch (closedReason) {
            // refunds and disputes have events of their own; the other reasons clear the suspicion
            case "approved", "refunded", "disputed", "redacted", "canceled", "payment_never_settled", "acknowledged" ->
                false;
            default -> true;
        };
    }
}
