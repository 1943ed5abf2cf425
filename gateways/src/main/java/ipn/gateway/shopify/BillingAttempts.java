package ipn.gateway.shopify;

import ipn.fact.Fact;
import ipn.fact.Fact.AttemptStatus;
import ipn.fact.Fact.SubscriptionStatus;
import ipn.gateway.EventContent;
import ipn.gateway.Ranks;
import ipn.gateway.content.RefusedException;
import ipn.topics.Reason;

/**
 * Reads topics {@code subscription_billing_attempts/*}. The order that a renewal creates contains the price and the
 * paid period; the attempt only gives the contract's status. The bodies of the three topics differ, too: a failed
 * attempt has an error, a successful one has none.
 */
final class BillingAttempts {
    private BillingAttempts() {}

    static TimedContent success(ShopifyEvent event) {
        return subscriptionStatus(event, false, SubscriptionStatus.ACTIVE);
    }

    static TimedContent failure(ShopifyEvent event) {
        return subscriptionStatus(event, true, SubscriptionStatus.PAST_DUE);
    }

    /**
     * The bank requires the customer's authentication: the attempt is pending, and the contract's status does not
     * change.
     */
    static TimedContent challenged(ShopifyEvent event) {
        var id = event.at("idempotency_key").required().word(200).orElseThrow();
        var attempt = new Fact.Attempt(id, AttemptStatus.PENDING, "challenged");
        return new TimedContent(event.occurredAt(), EventContent.of(Ranks.of(AttemptStatus.PENDING), attempt));
    }

    private static TimedContent subscriptionStatus(ShopifyEvent event, boolean failed, SubscriptionStatus status) {
        var error = event.at("error_code");
        if (error.isPresent() != failed) {
            throw new RefusedException(
                    Reason.MALFORMED, error.pointer() + ": contradicts the topic (which is not signed)");
        }
        var contract = ShopifyEvent.id(event.at("subscription_contract_id"));
        return new TimedContent(
                event.occurredAt(), EventContent.of(Ranks.of(status), Contracts.subscription(contract, status)));
    }
}
