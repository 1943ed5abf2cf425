package ipn.gateway.shopify;

import static java.util.Map.entry;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The topics that contain facts. A topic only selects the kind of body to expect; all facts come from the body. */
final class Topics {
    /** The kind and the reader of a topic's bodies. */
    record Topic(Kind kind, Function<ShopifyEvent, TimedContent> reader) {}

    // spotless:off
    private static final Map<String, Topic> BY_NAME = Map.ofEntries(
            entry("orders/create",                          new Topic(Kind.ORDER,       Orders::snapshot)),
            entry("orders/updated",                         new Topic(Kind.ORDER,       Orders::snapshot)),
            entry("orders/edited",                          new Topic(Kind.ORDER,       Orders::snapshot)),
            entry("orders/paid",                            new Topic(Kind.ORDER,       Orders::snapshot)),
            entry("orders/partially_fulfilled",             new Topic(Kind.ORDER,       Orders::snapshot)),
            entry("orders/fulfilled",                       new Topic(Kind.ORDER,       Orders::snapshot)),
            entry("orders/cancelled",                       new Topic(Kind.ORDER,       Orders::snapshot)),
            entry("orders/risk_assessment_changed",         new Topic(Kind.RISK,        Risks::snapshot)),
            entry("order_transactions/create",              new Topic(Kind.TRANSACTION, Transactions::one)),
            entry("refunds/create",                         new Topic(Kind.REFUND,      Transactions::ofRefund)),
            entry("disputes/create",                        new Topic(Kind.DISPUTE,     Disputes::snapshot)),
            entry("disputes/update",                        new Topic(Kind.DISPUTE,     Disputes::snapshot)),
            entry("subscription_contracts/create",          new Topic(Kind.CONTRACT,    Contracts::snapshot)),
            entry("subscription_contracts/update",          new Topic(Kind.CONTRACT,    Contracts::snapshot)),
            entry("subscription_contracts/activate",        new Topic(Kind.CONTRACT,    Contracts::snapshot)),
            entry("subscription_contracts/pause",           new Topic(Kind.CONTRACT,    Contracts::snapshot)),
            entry("subscription_contracts/cancel",          new Topic(Kind.CONTRACT,    Contracts::snapshot)),
            entry("subscription_contracts/expire",          new Topic(Kind.CONTRACT,    Contracts::snapshot)),
            entry("subscription_contracts/fail",            new Topic(Kind.CONTRACT,    Contracts::snapshot)),
            entry("subscription_billing_attempts/success",  new Topic(Kind.ATTEMPT,     BillingAttempts::success)),
            entry("subscription_billing_attempts/failure",  new Topic(Kind.ATTEMPT,     BillingAttempts::failure)),
            entry("subscription_billing_attempts/challenged", new Topic(Kind.ATTEMPT,   BillingAttempts::challenged)));
    // spotless:on

    private Topics() {}

    static Optional<Topic> named(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }
}
