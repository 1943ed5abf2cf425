package ipn.gateway.paypal;

import ipn.fact.Fact;
import ipn.fact.Fact.SubscriptionStatus;
import ipn.gateway.EventContent;
import ipn.gateway.content.JsonField;
import ipn.gateway.content.RefusedException;
import ipn.topics.Reason;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * Reads {@code BILLING.SUBSCRIPTION.*} events; the resource is a snapshot of the subscription. None of these events
 * proves a payment; only a sale does.
 */
final class Subscriptions {
    private Subscriptions() {}

    static EventContent snapshot(PayPalEvent event) {
        var status = event.at("status").required();
        return switch (status.glance().orElse("")) {
            case "APPROVAL_PENDING", "APPROVED" -> content(event, SubscriptionStatus.PENDING);
            case "ACTIVE" -> owes(event) ? unpaid(event) : activated(event);
            case "SUSPENDED" -> suspended(event);
            case "CANCELLED" -> cancelled(event);
            case "EXPIRED" -> expired(event);
            default -> throw new RefusedException(Reason.MALFORMED, status.pointer() + ": unknown subscription status");
        };
    }

    static EventContent created(PayPalEvent event) {
        return content(event, SubscriptionStatus.PENDING);
    }

    static EventContent activated(PayPalEvent event) {
        return content(event, isTrial(event) ? SubscriptionStatus.TRIALING : SubscriptionStatus.ACTIVE);
    }

    static EventContent unpaid(PayPalEvent event) {
        return content(event, SubscriptionStatus.PAST_DUE);
    }

    /** Suspended by PayPal after too many failed payments, or paused by the merchant or the subscriber. */
    static EventContent suspended(PayPalEvent event) {
        return content(event, owes(event) ? SubscriptionStatus.UNPAID : SubscriptionStatus.PAUSED);
    }

    /** PayPal charges no further payments, and returns none. */
    static EventContent cancelled(PayPalEvent event) {
        return content(event, SubscriptionStatus.CANCELED);
    }

    static EventContent expired(PayPalEvent event) {
        return content(event, SubscriptionStatus.EXPIRED);
    }

    private static EventContent content(PayPalEvent event, SubscriptionStatus status) {
        var next = event.time(event.at("billing_info").at("next_billing_time"));
        var subscription = new Fact.Subscription(
                        event.id("id"),
                        status,
                        next,
                        status == SubscriptionStatus.TRIALING ? next : Optional.empty(),
                        false,
                        Optional.empty())
                .withPlan(event.at("plan_id").id());
        return EventContent.of(Rank.of(status), subscription)
                .and(subscription.skus())
                .and(event.merchantWords());
    }

    private static boolean owes(PayPalEvent event) {
        var failed = event.at("billing_info").at("failed_payments_count");
        return failed.isPresent() && failed.number(Reason.MALFORMED).compareTo(BigDecimal.ZERO) > 0;
    }

    /** True where a trial cycle is running and no payment was made yet. */
    private static boolean isTrial(PayPalEvent event) {
        var billing = event.at("billing_info");
        return !billing.at("last_payment").isPresent()
                && billing.at("next_billing_time").isPresent()
                && billing.at("cycle_executions").elements().stream().anyMatch(Subscriptions::isRunningTrial);
    }

    private static boolean isRunningTrial(JsonField cycle) {
        return cycle.at("tenure_type").glance().filter("TRIAL"::equals).isPresent();
    }
}
