package ipn.gateway.googleplay;

import ipn.fact.Fact;
import ipn.fact.Fact.AttemptStatus;
import ipn.fact.Fact.SubscriptionStatus;
import ipn.gateway.EventContent;
import ipn.gateway.Item;
import ipn.gateway.Translation;
import ipn.gateway.content.JsonField;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The current subscription: {@code purchases.subscriptionsv2.get}. */
final class SubscriptionPurchase {
    static final String TEST = "testPurchase";
    static final String LINKED = "linkedPurchaseToken";
    static final String LINKED_TYPE = "subscriptionPurchaseV2.linked";

    private SubscriptionPurchase() {}

    static Translation read(GooglePlayDocument document) {
        document.requireMode(TEST);
        var id = Item.keyPart(document.place().id());
        var status = status(document);
        var lines = document.at("lineItems").elements();
        var end = end(document, lines);
        var scheduled = cancelScheduled(document, lines);
        var facts = new ArrayList<Fact>();
        facts.add(new Fact.Subscription(
                        id,
                        status,
                        end,
                        status == SubscriptionStatus.TRIALING ? end : Optional.empty(),
                        scheduled,
                        scheduled ? end : Optional.empty())
                // during the grace period Google extends the expiry time to its end
                .withGraceUntil(status == SubscriptionStatus.PAST_DUE ? end : Optional.empty())
                .withItems(lines.stream()
                        .map(line -> GooglePlayDocument.names(line, "offerDetails"))
                        .toList()));
        if (state(document).equals("SUBSCRIPTION_STATE_PENDING_PURCHASE_CANCELED")) {
            facts.add(new Fact.Attempt(id, AttemptStatus.FAILED, ""));
        }
        facts.addAll(references(document));
        facts.addAll(GooglePlayDocument.skus(lines, "offerDetails"));
        return new EventContent(GooglePlayRanks.seen(status), Optional.empty(), facts)
                .translation(document.place().kind().type(), document.notifiedAt());
    }

    /**
     * The subscription that this one replaced, by an upgrade, a change of plan or a new sign-up. It ends when this one begins,
     * or, if the change is deferred to the next renewal, when its paid period ends. Otherwise one purchase would give access
     * twice, perhaps to two users.
     */
    static Translation linked(GooglePlayDocument document) {
        document.requireMode(TEST);
        var status = status(document);
        if (status == SubscriptionStatus.PENDING || neverBegan(document)) {
            return new Translation.Ignored(LINKED_TYPE);
        }
        var lines = document.at("lineItems").elements();
        var later = lines.stream()
                .anyMatch(line -> line.at("deferredItemReplacement").isPresent());
        var end = later ? end(document, lines) : Optional.<Instant>empty();
        var old = new Fact.Subscription(
                Item.keyPart(GooglePlayIds.token(document.at(LINKED))),
                later ? SubscriptionStatus.ACTIVE : SubscriptionStatus.EXPIRED,
                end,
                Optional.empty(),
                true,
                end);
        return EventContent.of(GooglePlayRanks.seen(old.status()), old).translation(LINKED_TYPE, document.notifiedAt());
    }

    private static String state(GooglePlayDocument document) {
        return document.at("subscriptionState").required().glance().orElse("");
    }

    private static boolean neverBegan(GooglePlayDocument document) {
        return state(document).equals("SUBSCRIPTION_STATE_PENDING_PURCHASE_CANCELED");
    }

    private static SubscriptionStatus status(GooglePlayDocument document) {
        return switch (state(document)) {
            case "SUBSCRIPTION_STATE_PENDING" -> SubscriptionStatus.PENDING;
            // canceled is not ended: it only does not renew
            case "SUBSCRIPTION_STATE_ACTIVE", "SUBSCRIPTION_STATE_CANCELED" -> running(document);
            case "SUBSCRIPTION_STATE_PAUSED" -> SubscriptionStatus.PAUSED;
            case "SUBSCRIPTION_STATE_IN_GRACE_PERIOD" -> SubscriptionStatus.PAST_DUE;
            case "SUBSCRIPTION_STATE_ON_HOLD" -> SubscriptionStatus.UNPAID;
            case "SUBSCRIPTION_STATE_EXPIRED", "SUBSCRIPTION_STATE_PENDING_PURCHASE_CANCELED" ->
                SubscriptionStatus.EXPIRED;
            default -> throw GooglePlayDocument.unknown(document.at("subscriptionState"));
        };
    }

    /** Trialing during a free trial or a proration period, which carries over the previous plan without a new payment. */
    private static SubscriptionStatus running(GooglePlayDocument document) {
        var unpaid = document.at("lineItems").elements().stream()
                .map(line -> line.at("offerPhase"))
                .anyMatch(phase -> phase.at("freeTrial").isPresent()
                        || phase.at("prorationPeriod").isPresent());
        return unpaid ? SubscriptionStatus.TRIALING : SubscriptionStatus.ACTIVE;
    }

    private static Optional<Instant> end(GooglePlayDocument document, List<JsonField> lines) {
        return lines.stream()
                .flatMap(line -> document.planned(line.at("expiryTime")).stream())
                .max(Comparator.naturalOrder());
    }

    /** Prepaid plans never renew automatically. The API omits false values. */
    private static boolean cancelScheduled(GooglePlayDocument document, List<JsonField> lines) {
        return state(document).equals("SUBSCRIPTION_STATE_CANCELED")
                || !lines.isEmpty()
                        && lines.stream()
                                .noneMatch(line -> line.at("autoRenewingPlan")
                                        .at("autoRenewEnabled")
                                        .flag());
    }

    /** A new sign-up in the Play Store belongs to the user of the expired in-app sign-up. */
    private static List<Fact> references(GooglePlayDocument document) {
        var own = document.at("externalAccountIdentifiers");
        var ids =
                own.isPresent() ? own : document.at("outOfAppPurchaseContext").at("expiredExternalAccountIdentifiers");
        return GooglePlayDocument.references(
                ids.at("obfuscatedExternalAccountId"), ids.at("obfuscatedExternalProfileId"));
    }
}
