package ipn.gateway.stripe;

import ipn.fact.Fact;
import ipn.gateway.EventContent;

/** Early fraud warnings of card networks, and Radar's reviews. */
final class FraudSignals {
    private FraudSignals() {}

    /** Nothing takes a network's warning back; once it is not actionable any more, a refund or a dispute says more. */
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
            // refunds and disputes speak for themselves; the rest says that nobody suspects anything
            case "approved", "refunded", "disputed", "redacted", "canceled", "payment_never_settled", "acknowledged" ->
                false;
            default -> true;
        };
    }
}
