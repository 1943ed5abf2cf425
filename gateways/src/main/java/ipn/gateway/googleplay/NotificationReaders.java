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
 * What notifications say by themselves: no amount, no user, no period. A purchase is not proven by them, so money is never
 * taken from here; a subscription's standing is, and what the API says of the same moment outranks it.
 */
final class NotificationReaders {
    // spotless:off
    private static final Map<String, Function<GooglePlayNotification, List<Fact>>> READERS = Map.ofEntries(
            entry("SUBSCRIPTION_PURCHASED",                 said -> standing(said, SubscriptionStatus.ACTIVE, false)),
            entry("SUBSCRIPTION_RENEWED",                   said -> standing(said, SubscriptionStatus.ACTIVE, false)),
            entry("SUBSCRIPTION_RECOVERED",                 said -> standing(said, SubscriptionStatus.ACTIVE, false)),
            entry("SUBSCRIPTION_RESTARTED",                 said -> standing(said, SubscriptionStatus.ACTIVE, false)),
            entry("SUBSCRIPTION_CANCELED",                  said -> standing(said, SubscriptionStatus.ACTIVE, true)),
            entry("SUBSCRIPTION_CANCELLATION_SCHEDULED",    said -> standing(said, SubscriptionStatus.ACTIVE, true)),
            entry("SUBSCRIPTION_IN_GRACE_PERIOD",           said -> standing(said, SubscriptionStatus.PAST_DUE, false)),
            entry("SUBSCRIPTION_ON_HOLD",                   said -> standing(said, SubscriptionStatus.UNPAID, false)),
            entry("SUBSCRIPTION_PAUSED",                    said -> standing(said, SubscriptionStatus.PAUSED, false)),
            entry("SUBSCRIPTION_REVOKED",                   said -> standing(said, SubscriptionStatus.CANCELED, false)),
            entry("SUBSCRIPTION_EXPIRED",                   said -> standing(said, SubscriptionStatus.EXPIRED, false)),
            entry("SUBSCRIPTION_PENDING_PURCHASE_CANCELED", said -> attempt(said, AttemptStatus.FAILED)),
            entry("ONE_TIME_PRODUCT_PURCHASED",             said -> attempt(said, AttemptStatus.PENDING)),
            entry("ONE_TIME_PRODUCT_CANCELED",              said -> attempt(said, AttemptStatus.CANCELED)),
            entry(NotificationTypes.VOIDED,                 NotificationReaders::voided),
            entry(NotificationTypes.REVIEW,                 NotificationReaders::review));
    // spotless:on

    private NotificationReaders() {}

    static EventContent read(String type, GooglePlayNotification said) {
        var reader = READERS.get(type);
        var facts = reader == null ? List.<Fact>of() : reader.apply(said);
        return facts.isEmpty() ? EventContent.NOTHING : new EventContent(rank(facts.get(0)), Optional.empty(), facts);
    }

    private static List<Fact> standing(
            GooglePlayNotification said, SubscriptionStatus status, boolean cancelScheduled) {
        return bought(
                new Fact.Subscription(
                        purchaseId(said),
                        status,
                        Optional.empty(),
                        Optional.empty(),
                        cancelScheduled,
                        Optional.empty()),
                said,
                "subscriptionId");
    }

    private static List<Fact> attempt(GooglePlayNotification said, AttemptStatus status) {
        return bought(new Fact.Attempt(purchaseId(said), status, ""), said, "sku");
    }

    /** The order says how much went back. A part of a quantity says nothing that could be counted without it. */
    private static List<Fact> voided(GooglePlayNotification said) {
        var unused = GooglePlayIds.token(said.about().at("purchaseToken"));
        var order = said.about().at("orderId").required().id().orElseThrow();
        var full = said.about().at("refundType").glance().equals(Optional.of("1"));
        return full ? List.of(new Fact.Attempt(order, AttemptStatus.CANCELED, "voided")) : List.of();
    }

    /** Google asks whether a refund is justified: a question, no money is at stake yet. */
    private static List<Fact> review(GooglePlayNotification said) {
        var order = said.about().at("orderId").required().id().orElseThrow();
        var reason = said.about().at("refundReason").code();
        return List.of(new Fact.Dispute(order, Optional.empty(), DisputeStatus.INQUIRY, reason));
    }

    private static List<Fact> bought(Fact fact, GooglePlayNotification said, String product) {
        var facts = new ArrayList<Fact>();
        facts.add(fact);
        said.about().at(product).id().map(Fact.Sku::new).ifPresent(facts::add);
        return facts;
    }

    private static String purchaseId(GooglePlayNotification said) {
        return Item.keyPart(GooglePlayIds.token(said.about().at("purchaseToken")));
    }

    private static long rank(Fact fact) {
        return fact instanceof Fact.Subscription subscription ? Ranks.of(subscription.status()) : 0;
    }
}
