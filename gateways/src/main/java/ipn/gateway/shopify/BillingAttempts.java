package ipn.gateway.shopify;

import ipn.fact.Fact;
import ipn.fact.Fact.AttemptStatus;
import ipn.fact.Fact.SubscriptionStatus;
import ipn.gateway.EventContent;
import ipn.gateway.Ranks;
import ipn.gateway.content.RefusedException;
import ipn.topics.Reason;

/**
 * Topics {@code subscription_billing_attempts/*}. What a renewal cost, and so the paid period, is told by the order it makes;
 * the attempt says how the contract stands. The three topics differ in the body, too: one that succeeded has no error, one
 * that failed has one.
 */
final class BillingAttempts {
    private BillingAttempts() {}

    static TimedContent success(ShopifyEvent event) {
        return standing(event, false, SubscriptionStatus.ACTIVE);
    }

    static TimedContent failure(ShopifyEvent event) {
        return standing(event, true, SubscriptionStatus.PAST_DUE);
    }

    /** The bank wants to hear the customer first: nothing is paid, and nothing is lost. */
    static TimedContent challenged(ShopifyEvent event) {
        var id = event.at("idempotency_key").required().word(200).orElseThrow();
        var attempt = new Fact.Attempt(id, AttemptStatus.PENDING, "challenged");
        return new TimedContent(event.occurredAt(), EventContent.of(Ranks.of(AttemptStatus.PENDING), attempt));
    }

    private static TimedContent standing(ShopifyEvent event, boolean failed, SubscriptionStatus status) {
        var error = event.at("error_code");
        if (error.isPresent() != failed) {
            throw new RefusedException(
                    Reason.MALFORMED, error.pointer() + ": says the opposite of the topic (which is not signed)");
        }
        var contract = ShopifyEvent.id(event.at("subscription_contract_id"));
        return new TimedContent(
                event.occurredAt(), EventContent.of(Ranks.of(status), Contracts.standing(contract, status)));
    }
}
