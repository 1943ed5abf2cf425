package ipn.gateway.standardwebhooks;

import static java.util.Map.entry;

import java.util.Map;

/**
 * The meanings that a sender's event type can have; in the settings they are written with dashes. The order ranks
 * events of the same instant.
 */
enum Meaning {
    AUTHORIZED,
    CAPTURED,
    PENDING,
    FAILED,
    CANCELED,
    EXPIRED,
    REFUNDED,
    REFUND_FAILED,
    DISPUTE_OPENED,
    DISPUTE_WON,
    DISPUTE_LOST,
    FRAUD_FLAGGED,
    FRAUD_CLEARED,
    SUBSCRIPTION_STARTED,
    SUBSCRIPTION_RENEWED,
    CANCEL_SCHEDULED,
    SUBSCRIPTION_PAST_DUE,
    SUBSCRIPTION_PAUSED,
    SUBSCRIPTION_CANCELED,
    SUBSCRIPTION_EXPIRED,
    /** No meaning: disables a default type. */
    IGNORED;

    // spotless:off
    /** The default event types and their meanings. */
    static final Map<String, Meaning> USUAL = Map.ofEntries(
            entry("payment.authorized",            AUTHORIZED),
            entry("payment.captured",              CAPTURED),
            entry("payment.succeeded",             CAPTURED),
            entry("payment.pending",               PENDING),
            entry("payment.failed",                FAILED),
            entry("payment.canceled",              CANCELED),
            entry("payment.expired",               EXPIRED),
            entry("refund.succeeded",              REFUNDED),
            entry("refund.failed",                 REFUND_FAILED),
            entry("dispute.opened",                DISPUTE_OPENED),
            entry("dispute.won",                   DISPUTE_WON),
            entry("dispute.lost",                  DISPUTE_LOST),
            entry("fraud.flagged",                 FRAUD_FLAGGED),
            entry("fraud.cleared",                 FRAUD_CLEARED),
            entry("subscription.started",          SUBSCRIPTION_STARTED),
            entry("subscription.renewed",          SUBSCRIPTION_RENEWED),
            entry("subscription.past_due",         SUBSCRIPTION_PAST_DUE),
            entry("subscription.canceled",         SUBSCRIPTION_CANCELED),
            entry("subscription.cancel_scheduled", CANCEL_SCHEDULED),
            entry("subscription.expired",          SUBSCRIPTION_EXPIRED),
            entry("subscription.paused",           SUBSCRIPTION_PAUSED));
    // spotless:on

    /** True where the event is about a subscription's status and not about one payment. */
    boolean isSubscriptionStatus() {
        return switch (this) {
            case SUBSCRIPTION_PAST_DUE,
                    SUBSCRIPTION_CANCELED,
                    CANCEL_SCHEDULED,
                    SUBSCRIPTION_EXPIRED,
                    SUBSCRIPTION_PAUSED -> true;
            default -> false;
        };
    }

    /**
     * True where the event pays for a period of a subscription if it names a payment, and otherwise gives the
     * subscription's status.
     */
    boolean isPeriod() {
        return this == SUBSCRIPTION_STARTED || this == SUBSCRIPTION_RENEWED;
    }
}
