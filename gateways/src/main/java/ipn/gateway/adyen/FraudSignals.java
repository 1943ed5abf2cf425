package ipn.gateway.adyen;

import ipn.fact.Fact;
import ipn.gateway.EventContent;

/** Fraud as card networks report it (TC40, SAFE), and the merchant's own review of a suspicion. */
final class FraudSignals {
    private static final String REVIEW = "manual-review";

    private FraudSignals() {}

    /** A card network never withdraws a fraud report. */
    static EventContent reported(AdyenEvent event) {
        return EventContent.of(1, new Fact.FraudFlag(event.psp(), true, event.code("nofReasonCode")));
    }

    static EventContent accepted(AdyenEvent event) {
        return EventContent.of(1, new Fact.FraudFlag(REVIEW, false, "accepted"));
    }

    /** A cancellation or a refund follows; until then the flag suspends access. */
    static EventContent rejected(AdyenEvent event) {
        return EventContent.of(2, new Fact.FraudFlag(REVIEW, true, "rejected"));
    }
}
