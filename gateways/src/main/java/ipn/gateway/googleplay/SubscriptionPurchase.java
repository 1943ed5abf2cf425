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

/** A subscription as it stands: {@code purchases.subscriptionsv2.get}. */
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
                scheduled ? end : Optional.empty()));
        if (state(document).equals("SUBSCRIPTION_STATE_PENDING_PURCHASE_CANCELED")) {
            facts.add(new Fact.Attempt(id, AttemptStatus.FAILED, ""));
        }
        facts.addAll(references(document));
        facts.addAll(GooglePlayDocument.skus(lines, "offerDetails"));
        return new EventContent(GooglePlayRanks.seen(status), Optional.empty(), facts)
                .translation(document.place().kind().type(), document.notifiedAt());
    }

    /**
     * The subscription this one took the place of, by an upgrade, a change of plan, or by signing up again: it is over as soon as
     * this one has begun, or where the change comes with the next renewal, when what was paid for it runs out. Otherwise one
     * purchase would give access twice, perhaps to two users.
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

    /** A trial, or what is left of the plan before, given on without a payment of its own. */
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

    /** Prepaid plans never renew by themselves. What is false is left out. */
    private static boolean cancelScheduled(GooglePlayDocument document, List<JsonField> lines) {
        return state(document).equals("SUBSCRIPTION_STATE_CANCELED")
                || !lines.isEmpty()
                        && lines.stream()
                                .noneMatch(line -> line.at("autoRenewingPlan")
                                        .at("autoRenewEnabled")
                                        .flag());
    }

    /** Somebody who signs up again in the Play Store is the one who had signed up in the app. */
    private static List<Fact> references(GooglePlayDocument document) {
        var own = document.at("externalAccountIdentifiers");
        var ids =
                own.isPresent() ? own : document.at("outOfAppPurchaseContext").at("expiredExternalAccountIdentifiers");
        return GooglePlayDocument.references(
                ids.at("obfuscatedExternalAccountId"), ids.at("obfuscatedExternalProfileId"));
    }
}
