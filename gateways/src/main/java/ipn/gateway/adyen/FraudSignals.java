package ipn.gateway.adyen;

import ipn.fact.Fact;
import ipn.gateway.Story;

/** Fraud as card networks report it (TC40, SAFE), and the merchant's own review of a suspicion. */
final class FraudSignals {
    private static final String REVIEW = "manual-review";

    private FraudSignals() {}

    /** Nothing takes a network's report back. */
    static Story told(AdyenEvent event) {
        return Story.of(1, new Fact.FraudFlag(event.psp(), true, event.code("nofReasonCode")));
    }

    static Story accepted(AdyenEvent event) {
        return Story.of(1, new Fact.FraudFlag(REVIEW, false, "accepted"));
    }

    /** A cancellation follows, or a refund; until then nothing is to be used. */
    static Story rejected(AdyenEvent event) {
        return Story.of(2, new Fact.FraudFlag(REVIEW, true, "rejected"));
    }
}
