package ipn.projector.allocation;

import static ipn.projector.Payments.key;
import static ipn.projector.Payments.payment;
import static ipn.projector.Payments.renewal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import ipn.avro.Breakdown;
import ipn.avro.Claim;
import ipn.avro.ClaimKind;
import ipn.avro.ClaimStatus;
import ipn.avro.DiscrepancyKind;
import ipn.avro.InvoiceLine;
import ipn.avro.InvoiceReason;
import ipn.avro.InvoiceStatus;
import ipn.avro.PaymentState;
import ipn.avro.Subscription;
import ipn.avro.SubscriptionItem;
import ipn.avro.SubscriptionStatus;
import ipn.projector.Products;
import ipn.projector.catalogue.Cancellation;
import ipn.projector.catalogue.CatalogueHistory;
import ipn.projector.catalogue.Discounts;
import ipn.projector.catalogue.KeepsAbove;
import ipn.projector.catalogue.Offers;
import ipn.projector.catalogue.Policy;
import ipn.projector.catalogue.Prices;
import ipn.projector.catalogue.Product;
import ipn.projector.catalogue.ProductCatalogue;
import ipn.projector.catalogue.Tolerance;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a subscription claims by its status for each product of its items, and what a renewal that failed claims for each product of its lines. */
class SubscriptionClaimsTest {
    private static final Instant NOON = Instant.parse("2026-09-01T12:00:00Z");
    private static final Instant OCTOBER = Instant.parse("2026-10-01T12:00:00Z");
    private static final Instant NOVEMBER = Instant.parse("2026-11-01T12:00:00Z");

    private final PriceMatcher matcher = new PriceMatcher(CatalogueHistory.always(Products.TWO_ITEMS));

    @Nested
    class The_status {
        @ParameterizedTest
        @EnumSource(
                value = SubscriptionStatus.class,
                names = {"UNKNOWN"},
                mode = EnumSource.Mode.EXCLUDE)
        void reaches_the_entitlement_of_every_item_under_a_key_of_its_own(SubscriptionStatus status) {
            var claims = claims(subscription(status, "premium_monthly", "price_ads"));
            assertThat(claims)
                    .extracting(Claim.Builder::getClaimKey, Claim.Builder::getEntitlement, Claim.Builder::getProduct)
                    .containsExactly(
                            tuple(key("sub_1") + " subscription premium", "premium", "premium"),
                            tuple(key("sub_1") + " subscription ads", "ads", "ads"));
            assertThat(claims).allSatisfy(claim -> {
                assertThat(claim.getKind()).isEqualTo(ClaimKind.SUBSCRIPTION);
                assertThat(claim.getStatus().name()).isEqualTo(status.name());
                assertThat(claim.getAt()).isEqualTo(NOON);
                assertThat(claim.getSubscription()).isEqualTo(key("sub_1"));
                assertThat(claim.getCancelScheduled()).isFalse();
            });
        }

        @Test
        void has_the_scheduled_cancellation_and_the_grace_of_the_gateway() {
            var subscription = subscription(SubscriptionStatus.PAST_DUE, "premium_monthly", "price_ads");
            subscription.getSubscription().put("cancelAt", OCTOBER);
            subscription.getSubscription().put("cancelScheduled", true);
            subscription.getSubscription().put("graceUntil", NOVEMBER);
            assertThat(claims(subscription)).hasSize(2).allSatisfy(claim -> {
                assertThat(claim.getCancelScheduled()).isTrue();
                assertThat(claim.getCancelAt()).isEqualTo(OCTOBER);
                assertThat(claim.getGraceUntil()).isEqualTo(NOVEMBER);
            });
        }

        @Test
        void of_two_products_of_one_entitlement_is_claimed_once() {
            assertThat(claims(subscription(SubscriptionStatus.CANCELED, "price_pro", "premium_monthly")))
                    .extracting(Claim.Builder::getClaimKey, Claim.Builder::getProduct)
                    .containsExactly(tuple(key("sub_1") + " subscription premium", "premium-plus"));
        }

        @Test
        void reaches_what_an_item_is_even_where_a_word_names_something_else() {
            var named = subscription(SubscriptionStatus.CANCELED, "price_ads")
                    .setReferences(Map.of("subject", "u_42", "product", "premium"));
            assertThat(claims(named))
                    .extracting(Claim.Builder::getEntitlement, Claim.Builder::getStatus)
                    .containsExactly(tuple("ads", ClaimStatus.CANCELED), tuple("premium", ClaimStatus.CANCELED));
        }

        @Test
        void without_items_reaches_every_product_that_the_gateway_ever_named() {
            var unknown = subscription(SubscriptionStatus.CANCELED).setSkus(List.of("premium_monthly", "price_ads"));
            assertThat(claims(unknown))
                    .extracting(Claim.Builder::getEntitlement, Claim.Builder::getStatus)
                    .containsExactly(tuple("premium", ClaimStatus.CANCELED), tuple("ads", ClaimStatus.CANCELED));
        }

        @Test
        void of_items_that_are_not_sold_is_that_of_the_word() {
            var named = subscription(SubscriptionStatus.CANCELED, "price_unknown")
                    .setReferences(Map.of("subject", "u_42", "product", "premium"));
            assertThat(claims(named))
                    .extracting(Claim.Builder::getEntitlement, Claim.Builder::getStatus)
                    .containsExactly(tuple("premium", ClaimStatus.CANCELED));
            assertThat(claims(subscription(SubscriptionStatus.CANCELED, "price_unknown")))
                    .isEmpty();
        }
    }

    @Nested
    class An_item_that_was_removed {
        @ParameterizedTest
        @EnumSource(
                value = SubscriptionStatus.class,
                names = {"PENDING", "TRIALING", "ACTIVE", "PAST_DUE", "PAUSED"})
        void does_not_renew_and_is_neither_in_arrears_nor_paused(SubscriptionStatus status) {
            var claim = removed(status);
            assertThat(claim.getStatus()).isEqualTo(ClaimStatus.ACTIVE);
            assertThat(claim.getCancelScheduled()).isTrue();
            assertThat(claim.getGraceUntil()).isNull();
            assertThat(claim.getUntil()).isNull();
        }

        @ParameterizedTest
        @EnumSource(
                value = SubscriptionStatus.class,
                names = {"CANCELED", "EXPIRED", "UNPAID"})
        void ends_at_the_latest_with_the_subscription(SubscriptionStatus status) {
            var claim = removed(status);
            assertThat(claim.getStatus().name()).isEqualTo(status.name());
            assertThat(claim.getCancelScheduled()).isTrue();
            assertThat(claim.getCancelAt()).isEqualTo(NOVEMBER);
        }

        @Test
        void and_was_of_the_entitlement_of_another_is_claimed_as_that_one_alone() {
            var switched = subscription(SubscriptionStatus.ACTIVE, "price_pro")
                    .setSkus(List.of("premium_monthly", "price_pro"));
            assertThat(claims(switched))
                    .extracting(
                            Claim.Builder::getProduct,
                            Claim.Builder::getCancelScheduled,
                            Claim.Builder::getFormerProducts)
                    .containsExactly(tuple("premium-plus", false, List.of("premium")));
        }

        @Test
        void is_former_only_where_the_gateway_reports_its_items() {
            var unknown = subscription(SubscriptionStatus.ACTIVE).setSkus(List.of("premium_monthly", "price_pro"));
            assertThat(claims(unknown))
                    .isNotEmpty()
                    .allSatisfy(claim -> assertThat(claim.getFormerProducts()).isEmpty());
        }

        private Claim.Builder removed(SubscriptionStatus status) {
            var subscription = subscription(status, "premium_monthly").setSkus(List.of("premium_monthly", "price_ads"));
            subscription.getSubscription().put("trialEnd", OCTOBER);
            subscription.getSubscription().put("cancelAt", NOVEMBER);
            subscription.getSubscription().put("graceUntil", NOVEMBER);
            var claims = claims(subscription);
            assertThat(claims).hasSize(2);
            assertThat(claims.get(0).getCancelScheduled()).isFalse();
            return claims.get(1);
        }
    }

    @Nested
    class A_trial {
        private final Product week = trial("week", 7);
        private final Product month = trial("month", 30);

        @Test
        void is_judged_by_each_present_item_and_not_by_what_was_paid() {
            var paid = renewal("t_1", NOON.minus(Duration.ofDays(90)), NOON.minus(Duration.ofDays(60)))
                    .setDue(800)
                    .setBreakdown(lines(line("price_month", NOON)))
                    .build();
            var trial = trial("price_week", "price_month").setInvoices(List.of(paid));
            var matched = match(trial);
            assertThat(ofSubscription(matched))
                    .extracting(Claim.Builder::getProduct, Claim.Builder::getUntil)
                    .containsExactly(tuple("week", null), tuple("month", OCTOBER));
            assertThat(matched.discrepancies()).singleElement().satisfies(open -> {
                assertThat(open.mismatch().kind()).isEqualTo(DiscrepancyKind.UNSOLD_TRIAL);
                assertThat(open.mismatch().charge()).hasToString("Optional[" + key("sub_1") + " product week]");
            });
        }

        @Test
        void of_the_only_item_is_about_the_subscription_whatever_was_paid_before() {
            var paid = renewal("t_1", NOON.minus(Duration.ofDays(90)), NOON.minus(Duration.ofDays(60)))
                    .setDue(800)
                    .setBreakdown(lines(line("price_month", NOON)))
                    .build();
            var matched = match(trial("price_week")
                    .setSkus(List.of("price_month", "price_week"))
                    .setInvoices(List.of(paid)));
            assertThat(ofSubscription(matched))
                    .extracting(Claim.Builder::getProduct, Claim.Builder::getUntil)
                    .containsExactly(tuple("week", null), tuple("month", null));
            assertThat(matched.discrepancies())
                    .extracting(open -> open.mismatch().charge().orElseThrow().toString())
                    .containsExactly(key("sub_1"));
        }

        @Test
        void that_one_of_two_products_of_an_entitlement_sells_is_granted() {
            var both = new ProductCatalogue(
                    Map.of("price_week", trial("week", 7, "same"), "price_month", trial("month", 30, "same")),
                    false,
                    new Policy(Set.of(), Set.of()),
                    "v1");
            var matched = new PriceMatcher(CatalogueHistory.always(both))
                    .match(trial("price_week", "price_month").build(), List.of());
            assertThat(ofSubscription(matched))
                    .extracting(Claim.Builder::getProduct, Claim.Builder::getUntil)
                    .containsExactly(tuple("month", OCTOBER));
        }

        private MatchResult match(PaymentState.Builder subscription) {
            var catalogue = new ProductCatalogue(
                    Map.of("price_week", week, "price_month", month), false, new Policy(Set.of(), Set.of()), "v1");
            return new PriceMatcher(CatalogueHistory.always(catalogue)).match(subscription.build(), List.of());
        }

        private static PaymentState.Builder trial(String... skus) {
            var subscription = subscription(SubscriptionStatus.TRIALING, skus);
            subscription.getSubscription().put("trialEnd", OCTOBER);
            return subscription;
        }

        private static Product trial(String name, int days) {
            return trial(name, days, name);
        }

        private static Product trial(String name, int days, String entitlement) {
            return new Product(
                    name,
                    entitlement,
                    Product.Kind.SUBSCRIPTION,
                    Period.ofMonths(1),
                    Duration.ZERO,
                    Cancellation.AT_PERIOD_END,
                    false,
                    Prices.always(Map.of("USD", 800L)),
                    Tolerance.NONE,
                    new Offers(Discounts.ANY, Optional.of(Period.ofDays(days))),
                    KeepsAbove.DEFAULT);
        }
    }

    @Nested
    class A_renewal_that_failed {
        @Test
        void is_claimed_for_each_product_of_its_lines_under_the_key_of_its_money() {
            var failed = failed(line("premium_monthly", OCTOBER), line("price_ads", NOVEMBER));
            assertThat(claims(failed))
                    .extracting(
                            Claim.Builder::getClaimKey,
                            Claim.Builder::getEntitlement,
                            Claim.Builder::getStatus,
                            Claim.Builder::getFrom,
                            Claim.Builder::getSubscription)
                    .containsExactly(
                            tuple(
                                    key("in_2") + " product premium",
                                    "premium",
                                    ClaimStatus.FAILED,
                                    OCTOBER,
                                    key("sub_1")),
                            tuple(key("in_2") + " product ads", "ads", ClaimStatus.FAILED, NOVEMBER, key("sub_1")));
        }

        @Test
        void of_one_product_beside_a_line_that_is_not_sold_is_claimed_for_that_one() {
            assertThat(claims(failed(line("price_unknown", OCTOBER), line("price_ads", OCTOBER))))
                    .extracting(Claim.Builder::getClaimKey, Claim.Builder::getEntitlement, Claim.Builder::getStatus)
                    .containsExactly(tuple(key("in_2"), "ads", ClaimStatus.FAILED));
        }

        @Test
        void without_lines_is_claimed_for_the_product_of_the_whole() {
            var failed = failed().setSkus(List.of("price_ads"));
            failed.getInvoices().get(0).put("breakdown", null);
            assertThat(claims(failed))
                    .extracting(Claim.Builder::getEntitlement, Claim.Builder::getFrom)
                    .containsExactly(tuple("ads", OCTOBER));
        }

        private PaymentState.Builder failed(InvoiceLine... lines) {
            var invoice = renewal("in_2", OCTOBER, NOVEMBER)
                    .setStatus(InvoiceStatus.FAILED)
                    .setPaid(0)
                    .setBreakdown(lines(lines))
                    .build();
            return payment("in_2").setInvoices(List.of(invoice)).setReferences(Map.of("subject", "u_42"));
        }
    }

    private List<Claim.Builder> claims(PaymentState.Builder payment) {
        return matcher.match(payment.build(), List.of()).claims();
    }

    private static List<Claim.Builder> ofSubscription(MatchResult matched) {
        return matched.claims().stream()
                .filter(claim -> claim.getKind() == ClaimKind.SUBSCRIPTION)
                .toList();
    }

    private static PaymentState.Builder subscription(SubscriptionStatus status, String... skus) {
        var subscription = Subscription.newBuilder()
                .setStatus(status)
                .setAt(NOON)
                .setItems(Stream.of(skus)
                        .map(sku -> new SubscriptionItem(List.of(sku)))
                        .toList())
                .build();
        return payment("sub_1")
                .setSubscription(subscription)
                .setSkus(List.of(skus))
                .setReferences(Map.of("subject", "u_42"));
    }

    private static Breakdown lines(InvoiceLine... lines) {
        return new Breakdown(InvoiceReason.RENEWAL, 0L, 0L, 0L, List.of(lines));
    }

    private static InvoiceLine line(String sku, Instant from) {
        return InvoiceLine.newBuilder()
                .setSkus(List.of(sku))
                .setQuantity(1)
                .setAmount(800)
                .setFrom(from)
                .setUntil(from.plus(Duration.ofDays(30)))
                .build();
    }
}
