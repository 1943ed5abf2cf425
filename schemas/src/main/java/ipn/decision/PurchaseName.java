package ipn.decision;

import ipn.avro.Claim;
import ipn.key.ChargeKey;

/** What a transfer names a purchase by: the same whatever becomes known of the purchase later. */
public final class PurchaseName {
    private PurchaseName() {}

    /** The payment key of the subscription that the claim belongs to; without one, its money. What was granted without money has the name of its decision. */
    public static String of(Claim claim) {
        var subscription = claim.getSubscription();
        if (subscription != null) {
            return subscription;
        }
        return DecisionCause.isKey(claim.getPaymentKey())
                ? claim.getClaimKey()
                : ChargeKey.ofClaim(claim).toString();
    }
}
