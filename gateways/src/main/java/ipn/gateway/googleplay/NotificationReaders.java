package ipn.gateway.googleplay;

import static java.util.Map.entry;

import ipn.fact.Fact;
import ipn.fact.Fact.AttemptStatus;
import ipn.fact.Fact.DisputeStatus;
import ipn.fact.Fact.SubscriptionStatus;
import ipn.gateway.EventContent;
import ipn.gateway.Item;
import ipn.gateway.Ranks;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Facts from the notifications alone, which contain no amount, user or period. They do not prove a payment, so they yield no
 * money, only a subscription's status; a document fetched for the same time outranks it.
 */
final class NotificationReaders {
    // spotless:off
    private static final Map<String, Function<GooglePlayNotification, List<Fact>>> READERS = Map.ofEntries(
            entry("SUBSCRIPTION_PURCHASED",                 event -> subscription(event, SubscriptionStatus.ACTIVE, false)),
            entry("SUBSCRIPTION_RENEWED",                   event -> subscription(event, SubscriptionStatus.ACTIVE, false)),
            entry("SUBSCRIPTION_RECOVERED",                 event -> subscription(event, SubscriptionStatus.ACTIVE, false)),
            entry("SUBSCRIPTION_RESTARTED",                 event -> subscription(event, SubscriptionStatus.ACTIVE, false)),
            entry("SUBSCRIPTION_CANCELED",                  event -> subscription(event, SubscriptionStatus.ACTIVE, true)),
            entry("SUBSCRIPTION_CANCELLATION_SCHEDULED",    event -> subscription(event, SubscriptionStatus.ACTIVE, true)),
            entry("SUBSCRIPTION_IN_GRACE_PERIOD",           event -> subscription(event, SubscriptionStatus.PAST_DUE, false)),
            entry("SUBSCRIPTION_ON_HOLD",                   event -> subscription(event, SubscriptionStatus.UNPAID, false)),
            entry("SUBSCRIPTION_PAUSED",                    event -> subscription(event, SubscriptionStatus.PAUSED, false)),
            entry("SUBSCRIPTION_REVOKED",                   event -> subscription(event, SubscriptionStatus.CANCELED, false)),
            entry("SUBSCRIPTION_EXPIRED",                   event -> subscription(event, SubscriptionStatus.EXPIRED, false)),
            entry("SUBSCRIPTION_PENDING_PURCHASE_CANCELED", event -> attempt(event, AttemptStatus.FAILED)),
            entry("ONE_TIME_PRODUCT_PURCHASED",             event -> attempt(event, AttemptStatus.PENDING)),
            entry("ONE_TIME_PRODUCT_CANCELED",              event -> attempt(event, AttemptStatus.CANCELED)),
            entry(NotificationTypes.VOIDED,                 NotificationReaders::voided),
            entry(NotificationTypes.REVIEW,                 NotificationReaders::review));
    // spotless:on

    private static final String VOIDED = "voided";

    private NotificationReaders() {}

    static EventContent read(String type, GooglePlayNotification notification) {
        var reader = READERS.get(type);
        var facts = reader == null ? List.<Fact>of() : reader.apply(notification);
        return facts.isEmpty() ? EventContent.NOTHING : new EventContent(rank(facts.get(0)), Optional.empty(), facts);
    }

    private static List<Fact> subscription(
            GooglePlayNotification notification, SubscriptionStatus status, boolean cancelScheduled) {
        return bought(
                new Fact.Subscription(
                        purchaseId(notification),
                        status,
                        Optional.empty(),
                        Optional.empty(),
                        cancelScheduled,
                        Optional.empty()),
                notification,
                "subscriptionId");
    }

    private static List<Fact> attempt(GooglePlayNotification notification, AttemptStatus status) {
        return bought(new Fact.Attempt(purchaseId(notification), status, ""), notification, "sku");
    }

    /**
     * The order contains the refunded amount. Google deletes documents of old purchases, so a full void counts without one, as
     * the loss of all that was paid; the refund in the order settles it. A partial void yields no fact without the order.
     */
    private static List<Fact> voided(GooglePlayNotification notification) {
        var unused = GooglePlayIds.token(notification.about().at("purchaseToken"));
        var order = notification.about().at("orderId").required().id().orElseThrow();
        var full = notification.about().at("refundType").glance().equals(Optional.of("1"));
        return full
                ? List.of(
                        new Fact.Attempt(order, AttemptStatus.CANCELED, VOIDED),
                        new Fact.Dispute(order, Optional.empty(), DisputeStatus.LOST, VOIDED, true))
                : List.of();
    }

    /** Google asks whether a refund is justified: an inquiry, no money moves yet. */
    private static List<Fact> review(GooglePlayNotification notification) {
        var order = notification.about().at("orderId").required().id().orElseThrow();
        var reason = notification.about().at("refundReason").code();
        return List.of(new Fact.Dispute(order, Optional.empty(), DisputeStatus.INQUIRY, reason));
    }

    private static List<Fact> bought(Fact fact, GooglePlayNotification notification, String product) {
        var facts = new ArrayList<Fact>();
        facts.add(fact);
        notification.about().at(product).id().map(Fact.Sku::new).ifPresent(facts::add);
        return facts;
    }

    private static String purchaseId(GooglePlayNotification notification) {
        return Item.keyPart(GooglePlayIds.token(notification.about().at("purchaseToken")));
    }

    private static long rank(Fact fact) {
        return fact instanceof Fact.Subscription subscription ? Ranks.of(subscription.status()) : 0;
    }
}
