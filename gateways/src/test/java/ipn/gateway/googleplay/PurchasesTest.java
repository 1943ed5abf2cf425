package ipn.gateway.googleplay;

import static ipn.conformance.GatewayUnderTest.SIGNED_AT;
import static ipn.gateway.googleplay.Documents.ACTIVE;
import static ipn.gateway.googleplay.Documents.PRODUCT;
import static ipn.gateway.googleplay.Documents.PURCHASED;
import static ipn.gateway.googleplay.Documents.SUBSCRIPTION;
import static ipn.gateway.googleplay.Documents.document;
import static ipn.gateway.googleplay.Documents.facts;
import static ipn.gateway.googleplay.Documents.translated;
import static ipn.gateway.googleplay.Documents.understood;
import static org.assertj.core.api.Assertions.assertThat;

import ipn.fact.Fact;
import ipn.fact.Fact.AttemptStatus;
import ipn.fact.Fact.ReferenceName;
import ipn.fact.Fact.SubscriptionStatus;
import ipn.fact.Version;
import ipn.gateway.Delivery;
import ipn.gateway.NotificationTime;
import ipn.gateway.Translation;
import ipn.topics.Reason;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Purchases as the API shows them. */
class PurchasesTest {
    private static final Optional<Instant> END = Optional.of(Instant.parse("2026-10-01T12:00:00Z"));
    private static final List<List<String>> PREMIUM = List.of(List.of("premium_monthly", "premium_monthly:monthly"));
    private static final String LINKED = ACTIVE.replace("'startTime'", "'linkedPurchaseToken': 'tok_old', 'startTime'");

    // spotless:off
    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "PENDING,                   PENDING,  false",
        "ACTIVE,                    ACTIVE,   false",
        "PAUSED,                    PAUSED,   false",
        "IN_GRACE_PERIOD,           PAST_DUE, false",
        "ON_HOLD,                   UNPAID,   false",
        "CANCELED,                  ACTIVE,   true",
        "EXPIRED,                   EXPIRED,  false"
    })
    // spotless:on
    void a_subscription_stands_as_seen(String state, SubscriptionStatus status, boolean scheduled) {
        assertThat(facts(SUBSCRIPTION, ACTIVE.replace("STATE_ACTIVE", "STATE_" + state)))
                .containsExactly(
                        new Fact.Subscription(
                                        "tok_new",
                                        status,
                                        END,
                                        Optional.empty(),
                                        scheduled,
                                        scheduled ? END : Optional.empty())
                                .withGraceUntil(status == SubscriptionStatus.PAST_DUE ? END : Optional.empty())
                                .withItems(PREMIUM),
                        new Fact.Reference(ReferenceName.SUBJECT, "u_42"),
                        new Fact.Sku("premium_monthly"),
                        new Fact.Sku("premium_monthly:monthly"));
    }

    @Test
    void one_that_was_never_paid_for_never_began() {
        assertThat(facts(SUBSCRIPTION, ACTIVE.replace("STATE_ACTIVE", "STATE_PENDING_PURCHASE_CANCELED")))
                .contains(new Fact.Attempt("tok_new", AttemptStatus.FAILED, ""))
                .first()
                .extracting(fact -> ((Fact.Subscription) fact).status())
                .isEqualTo(SubscriptionStatus.EXPIRED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"STATE_UNSPECIFIED", "STATE_BRAND_NEW", ""})
    void a_state_nobody_knows_is_kept_for_a_newer_version(String state) {
        assertThat(refusal(SUBSCRIPTION, ACTIVE.replace("STATE_ACTIVE", state))).isEqualTo(Reason.MALFORMED);
        assertThat(refusal(PRODUCT, PURCHASED.replace("'PURCHASED'", "'" + state + "'")))
                .isEqualTo(Reason.MALFORMED);
    }

    @Test
    void what_does_not_renew_by_itself_ends_when_it_is_used_up() {
        for (var plan :
                List.of("'autoRenewingPlan': {}", "'prepaidPlan': {'allowExtendAfterTime': '2026-09-02T12:00:00Z'}")) {
            assertThat(standing(ACTIVE.replace("'autoRenewingPlan': {'autoRenewEnabled': true}", plan)))
                    .isEqualTo(new Fact.Subscription(
                                    "tok_new", SubscriptionStatus.ACTIVE, END, Optional.empty(), true, END)
                            .withItems(PREMIUM));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"freeTrial", "prorationPeriod"})
    void a_period_given_without_a_payment_of_its_own_is_a_trial(String phase) {
        var trial = ACTIVE.replace("'offerDetails'", "'offerPhase': {'" + phase + "': {}}, 'offerDetails'");
        assertThat(standing(trial))
                .isEqualTo(
                        new Fact.Subscription("tok_new", SubscriptionStatus.TRIALING, END, END, false, Optional.empty())
                                .withItems(PREMIUM));
    }

    @Test
    void of_several_items_the_last_to_end_counts_and_one_that_renews_is_enough() {
        var two = ACTIVE.replace(
                "'lineItems': [",
                "'lineItems': [{'productId': 'extra', 'expiryTime': '2026-12-24T00:00:00Z', 'autoRenewingPlan': {}}, ");
        assertThat(standing(two).periodEnd()).contains(Instant.parse("2026-12-24T00:00:00Z"));
        assertThat(standing(two).cancelScheduled()).isFalse();
        assertThat(facts(SUBSCRIPTION, two)).contains(new Fact.Sku("extra"), new Fact.Sku("premium_monthly"));
        assertThat(standing(two).items())
                .extracting(Fact.SubscriptionItem::skus)
                .containsExactly(List.of("extra"), List.of("premium_monthly", "premium_monthly:monthly"));
    }

    @Test
    void who_signs_up_again_in_the_store_is_who_had_signed_up_in_the_app() {
        var again = ACTIVE.replace(
                "'externalAccountIdentifiers': {'obfuscatedExternalAccountId': 'u_42'}",
                "'outOfAppPurchaseContext': {'expiredExternalAccountIdentifiers': {'obfuscatedExternalAccountId': 'u_7'}}");
        assertThat(facts(SUBSCRIPTION, again)).contains(new Fact.Reference(ReferenceName.SUBJECT, "u_7"));
    }

    @Test
    void the_subscription_it_took_the_place_of_is_over() {
        assertThat(Documents.paymentIds(SUBSCRIPTION, LINKED)).containsExactly("tok_new", "tok_old");
        var items = Documents.account().identify(document(SUBSCRIPTION, LINKED));
        assertThat(items.get(1).eventKey()).isEqualTo(items.get(0).eventKey() + ":linked");
        assertThat(understood(document(SUBSCRIPTION, LINKED), 1).facts())
                .containsExactly(new Fact.Subscription(
                        "tok_old",
                        SubscriptionStatus.EXPIRED,
                        Optional.empty(),
                        Optional.empty(),
                        true,
                        Optional.empty()));
    }

    @Test
    void one_replaced_at_its_next_renewal_lasts_as_long_as_it_is_paid() {
        var later =
                LINKED.replace("'offerDetails'", "'deferredItemReplacement': {'productId': 'basic'}, 'offerDetails'");
        assertThat(understood(document(SUBSCRIPTION, later), 1).facts())
                .containsExactly(
                        new Fact.Subscription("tok_old", SubscriptionStatus.ACTIVE, END, Optional.empty(), true, END));
    }

    @ParameterizedTest
    @ValueSource(strings = {"STATE_PENDING", "STATE_PENDING_PURCHASE_CANCELED"})
    void what_has_not_begun_takes_no_place(String state) {
        assertThat(translated(document(SUBSCRIPTION, LINKED.replace("STATE_ACTIVE", state)), 1))
                .isEqualTo(new Translation.Ignored("subscriptionPurchaseV2.linked"));
    }

    @Test
    void a_product_says_who_bought_and_leaves_the_money_to_the_order() {
        assertThat(facts(PRODUCT, PURCHASED))
                .containsExactly(
                        new Fact.Reference(ReferenceName.SUBJECT, "u_42"),
                        new Fact.Reference(ReferenceName.REFERENCE, "post_7"),
                        new Fact.Sku("promo_25"));
        assertThat(facts(PRODUCT, PURCHASED.replace("'PURCHASED'", "'PENDING'")))
                .contains(new Fact.Attempt("tok_one", AttemptStatus.PENDING, ""));
        assertThat(facts(PRODUCT, PURCHASED.replace("'PURCHASED'", "'CANCELLED'")))
                .contains(new Fact.Attempt("tok_one", AttemptStatus.CANCELED, ""));
        assertThat(translated(
                        document(
                                PRODUCT,
                                "{'purchaseStateContext': {'purchaseState': 'PURCHASED'}, 'testPurchaseContext': {}}"),
                        0))
                .isEqualTo(new Translation.Ignored("productPurchaseV2"));
    }

    @Test
    void purchases_of_license_testers_are_test_money() {
        var live = Documents.account("live");
        for (var test : Map.of(SUBSCRIPTION, ACTIVE, PRODUCT, PURCHASED).entrySet()) {
            var tester = document(test.getKey(), test.getValue());
            assertThat(live.translate(tester, live.identify(tester).get(0)))
                    .isInstanceOfSatisfying(
                            Translation.Refused.class,
                            refused -> assertThat(refused.reason()).isEqualTo(Reason.WRONG_MODE));
            var real = document(test.getKey(), test.getValue().replace("'testPurchase", "'x"));
            assertThat(live.translate(real, live.identify(real).get(0))).isInstanceOf(Translation.Understood.class);
            assertThat(((Translation.Refused) translated(real, 0)).reason()).isEqualTo(Reason.WRONG_MODE);
        }
        var linked = document(SUBSCRIPTION, LINKED);
        assertThat(live.translate(linked, live.identify(linked).get(1))).isInstanceOf(Translation.Refused.class);
    }

    @Test
    void what_was_seen_outranks_what_was_told_of_the_same_moment_and_nothing_later() {
        var revoked = TestGoogle.subscription(12, "tok_new");
        var told = understood(new Delivery(Map.of(), TestGoogle.envelope(revoked), TestGoogle.RECEIVED_AT), 0);
        var seen = understood(document(SUBSCRIPTION, ACTIVE.replace("STATE_ACTIVE", "STATE_EXPIRED")), 0);
        assertThat(seen.occurredAt()).isEqualTo(told.occurredAt()).isEqualTo(SIGNED_AT);
        assertThat(new Version(seen.occurredAt(), seen.sequence(), "a"))
                .isGreaterThan(new Version(told.occurredAt(), told.sequence(), "z"))
                .isLessThan(new Version(told.occurredAt().plusMillis(1), told.sequence(), "a"));
    }

    @Test
    void seen_twice_because_of_one_notification_is_one_event_and_because_of_two_is_two() {
        var account = Documents.account();
        var once = account.identify(document(SUBSCRIPTION, ACTIVE));
        assertThat(account.identify(document(SUBSCRIPTION, ACTIVE))).isEqualTo(once);
        assertThat(account.identify(document(SUBSCRIPTION, ACTIVE, SIGNED_AT.plusMillis(1)))
                        .get(0)
                        .eventKey())
                .isNotEqualTo(once.get(0).eventKey());
        assertThat(account.identify(document(SUBSCRIPTION, ACTIVE + " ")).get(0).eventKey())
                .isNotEqualTo(once.get(0).eventKey());
    }

    @Test
    void a_document_without_its_notification_or_its_place_is_refused() {
        var sound = document(SUBSCRIPTION, ACTIVE);
        var alone = new Delivery(Map.of(), sound.body(), sound.receivedAt(), sound.fetchedFrom());
        assertThat(((Translation.Refused) translated(alone, 0)).reason()).isEqualTo(Reason.MISSING_FIELD);
        var garbled = new Delivery(
                Map.of(NotificationTime.HEADER, List.of("now")), sound.body(), sound.receivedAt(), sound.fetchedFrom());
        assertThat(((Translation.Refused) translated(garbled, 0)).reason()).isEqualTo(Reason.INVALID_TIME);
        for (var url : List.of(
                "https://androidpublisher.googleapis.com/androidpublisher/v3/applications/com.example.social/reviews/1",
                "https://example.com/androidpublisher/v3/applications/com.example.social/orders/1",
                SUBSCRIPTION.url() + "?alt=json",
                SUBSCRIPTION.url() + "%",
                "")) {
            var elsewhere = new Delivery(sound.headers(), sound.body(), sound.receivedAt(), Optional.of(url));
            assertThat(((Translation.Refused) translated(elsewhere, 0)).reason())
                    .isEqualTo(Reason.MALFORMED);
        }
        assertThat(refusal(
                        new PublisherResource(PublisherResource.Kind.SUBSCRIPTION, "com.example.other", "tok_new"),
                        ACTIVE))
                .isEqualTo(Reason.WRONG_RECEIVER);
    }

    private static Fact.Subscription standing(String json) {
        return (Fact.Subscription) facts(SUBSCRIPTION, json).get(0);
    }

    private static Reason refusal(PublisherResource place, String json) {
        return ((Translation.Refused) translated(document(place, json), 0)).reason();
    }
}
