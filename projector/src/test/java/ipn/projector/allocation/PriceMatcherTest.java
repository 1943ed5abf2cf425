package ipn.projector.allocation;

import static ipn.projector.Payments.captured;
import static ipn.projector.Payments.invoice;
import static ipn.projector.Payments.key;
import static ipn.projector.Payments.payment;
import static ipn.projector.Payments.renewal;
import static ipn.projector.Payments.renewals;
import static ipn.projector.Payments.subscription;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import ipn.avro.Breakdown;
import ipn.avro.Claim;
import ipn.avro.ClaimKind;
import ipn.avro.ClaimStatus;
import ipn.avro.DiscrepancyKind;
import ipn.avro.Invoice;
import ipn.avro.InvoiceReason;
import ipn.avro.InvoiceStatus;
import ipn.avro.PaymentState;
import ipn.avro.Subscription;
import ipn.avro.SubscriptionStatus;
import ipn.avro.Totals;
import ipn.projector.Products;
import ipn.projector.catalogue.CatalogueHistory;
import ipn.projector.catalogue.PriceTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What one payment key claims at the catalogue's terms: of itself, of its invoices, of its subscription. */
class PriceMatcherTest {
    private static final Instant NOON = Instant.parse("2026-09-01T12:00:00Z");
    private static final Instant OCTOBER = Instant.parse("2026-10-01T12:00:00Z");
    private static final Instant NOVEMBER = Instant.parse("2026-11-01T12:00:00Z");
    private static final Map<String, String> POST =
            Map.of("subject", "u_42", "product", "promoted-post", "reference", "post_7");

    private final PriceMatcher matcher = new PriceMatcher(CatalogueHistory.always(Products.CATALOGUE));

    @Nested
    class A_payment {
        @Test
        void of_the_price_claims_what_it_was_for() {
            var claim = onlyClaim(match(post(2500)));
            assertThat(claim.getClaimKey()).isEqualTo(key("pi_1"));
            assertThat(claim.getKind()).isEqualTo(ClaimKind.ONCE);
            assertThat(claim.getStatus()).isEqualTo(ClaimStatus.PAID);
            assertThat(claim.getSubject()).isEqualTo("u_42");
            assertThat(claim.getEntitlement()).isEqualTo("promotion");
            assertThat(claim.getScope()).isEqualTo("post_7");
            assertThat(claim.getProduct()).isEqualTo("promoted-post");
            assertThat(claim.getFrom()).isEqualTo(NOON);
            assertThat(claim.getUntil()).isNull();
            assertThat(claim.getAmount()).isEqualTo(2500);
            assertThat(claim.getCurrency()).isEqualTo("USD");
            assertThat(claim.getDiscrepancy()).isNull();
        }

        @Test
        void for_a_subscription_without_an_invoice_claims_one_interval_of_the_product() {
            var claim = onlyClaim(match(
                    captured("pi_1", NOON, 800, 0).setReferences(Map.of("subject", "u_42", "product", "premium"))));
            assertThat(claim.getKind()).isEqualTo(ClaimKind.PERIOD);
            assertThat(claim.getFrom()).isEqualTo(NOON);
            assertThat(claim.getUntil()).isEqualTo(OCTOBER);
        }

        @Test
        void that_took_no_money_claims_nothing_and_is_no_discrepancy() {
            assertThat(match(payment("pi_1").setReferences(POST))).isEqualTo(MatchResult.NOTHING);
            assertThat(match(payment("pi_1"))).isEqualTo(MatchResult.NOTHING);
        }

        @Test
        void that_is_paid_by_others_claims_their_sum() {
            var payer = captured("pi_2", NOON, 1500, 0).build();
            var matched = matcher.match(post(1000).build(), List.of(payer));
            assertThat(onlyClaim(matched).getAmount()).isEqualTo(2500);
        }

        static Stream<Arguments> mismatched() {
            return Stream.of(
                    Arguments.of("test money", post(2500).setLive(false), DiscrepancyKind.WRONG_MODE),
                    Arguments.of("no subject", named(Map.of("product", "promoted-post")), DiscrepancyKind.NO_SUBJECT),
                    Arguments.of("no product", named(Map.of("subject", "u_42")), DiscrepancyKind.NO_PRODUCT),
                    Arguments.of(
                            "an unknown product",
                            named(Map.of("subject", "u_42", "product", "yacht")),
                            DiscrepancyKind.UNKNOWN_PRODUCT),
                    Arguments.of(
                            "no reference to the post",
                            named(Map.of("subject", "u_42", "product", "promoted-post")),
                            DiscrepancyKind.NO_SCOPE),
                    Arguments.of("too little", post(2499), DiscrepancyKind.UNDERPAID),
                    Arguments.of(
                            "another currency",
                            post(2500).setTotals(List.of(totals("EUR", 2500))),
                            DiscrepancyKind.CURRENCY_MISMATCH),
                    Arguments.of(
                            "two currencies",
                            post(2500).setTotals(List.of(totals("EUR", 1), totals("USD", 2500))),
                            DiscrepancyKind.CURRENCY_MISMATCH));
        }

        @ParameterizedTest(name = "{0}: {2}")
        @MethodSource("mismatched")
        void that_does_not_match_claims_nothing_and_opens_one_discrepancy(
                String what, PaymentState.Builder payment, DiscrepancyKind kind) {
            var matched = match(payment);
            assertThat(matched.claims()).isEmpty();
            assertThat(matched.kinds()).containsExactly(kind);
        }

        @Test
        void with_a_discrepancy_that_the_policy_accepts_claims_in_spite_of_it() {
            var matched = match(post(2600));
            assertThat(matched.kinds()).containsExactly(DiscrepancyKind.OVERPAID);
            assertThat(onlyClaim(matched).getDiscrepancy()).isEqualTo(DiscrepancyKind.OVERPAID);
        }

        @Test
        void that_was_refunded_is_no_discrepancy_any_more() {
            assertThat(match(captured("pi_1", NOON, 100, 100).setReferences(POST)))
                    .isEqualTo(MatchResult.NOTHING);
            var claim = onlyClaim(
                    match(captured("pi_1", NOON, 2500, 2500).setReferences(POST).setRefundedAt(OCTOBER)));
            assertThat(claim.getStatus()).isEqualTo(ClaimStatus.REFUNDED);
            assertThat(claim.getAt()).isEqualTo(OCTOBER);
            assertThat(claim.getRefunded()).isEqualTo(2500);
        }

        private static PaymentState.Builder named(Map<String, String> references) {
            return captured("pi_1", NOON, 2500, 0).setReferences(references);
        }
    }

    @Nested
    class An_invoice {
        @Test
        void that_was_paid_claims_its_period() {
            var claim = onlyClaim(match(invoice("in_1", InvoiceStatus.PAID, 800, NOON, NOVEMBER)));
            assertThat(claim.getKind()).isEqualTo(ClaimKind.PERIOD);
            assertThat(claim.getStatus()).isEqualTo(ClaimStatus.PAID);
            assertThat(claim.getSubscription()).isEqualTo(key("sub_1"));
            assertThat(claim.getInvoice()).isEqualTo("in_1");
            assertThat(claim.getFrom()).isEqualTo(NOON);
            assertThat(claim.getUntil()).isEqualTo(NOVEMBER);
        }

        @Test
        void without_an_end_claims_one_interval_of_the_product() {
            assertThat(onlyClaim(match(invoice("in_1", InvoiceStatus.PAID, 800, NOON, null)))
                            .getUntil())
                    .isEqualTo(OCTOBER);
        }

        @Test
        void that_failed_claims_the_failed_renewal_of_its_subscription() {
            var claim = onlyClaim(match(invoice("in_2", InvoiceStatus.FAILED, 0, OCTOBER, NOVEMBER)));
            assertThat(claim.getKind()).isEqualTo(ClaimKind.PERIOD);
            assertThat(claim.getStatus()).isEqualTo(ClaimStatus.FAILED);
            assertThat(claim.getSubscription()).isEqualTo(key("sub_1"));
            assertThat(claim.getAmount()).isNull();
            assertThat(claim.getUntil()).isNull();
        }

        @Test
        void that_failed_without_a_subscription_claims_nothing() {
            var alone = renewal("in_1", NOON, OCTOBER)
                    .setStatus(InvoiceStatus.FAILED)
                    .setSubscription(null);
            assertThat(match(renewals(alone))).isEqualTo(MatchResult.NOTHING);
        }

        @ParameterizedTest
        @EnumSource(
                value = InvoiceStatus.class,
                names = {"OPEN", "VOID", "UNCOLLECTIBLE"})
        void that_was_not_paid_claims_nothing(InvoiceStatus status) {
            assertThat(match(invoice("in_1", status, 800, NOON, OCTOBER))).isEqualTo(MatchResult.NOTHING);
        }

        @Test
        void of_nothing_proves_no_payment() {
            assertThat(match(invoice("in_1", InvoiceStatus.PAID, 0, NOON, OCTOBER)))
                    .isEqualTo(MatchResult.NOTHING);
        }
    }

    @Nested
    class Of_several_invoices {
        @Test
        void each_is_matched_alone() {
            var matched = match(renewals(first(), second().setPaid(100)));
            assertThat(matched.claims())
                    .extracting(Claim.Builder::getClaimKey, Claim.Builder::getUntil)
                    .containsExactly(tuple(key("sub_1") + " invoice t_1", OCTOBER));
            assertThat(matched.discrepancies())
                    .extracting(
                            each -> each.mismatch().kind(),
                            each -> each.mismatch().charge().orElseThrow().toString())
                    .containsExactly(tuple(DiscrepancyKind.UNDERPAID, key("sub_1") + " invoice t_2"));
        }

        @Test
        void what_none_of_them_can_count_for_is_one_discrepancy() {
            var matched = match(renewals(first(), second()).setReferences(Map.of()));
            assertThat(matched.claims()).isEmpty();
            assertThat(matched.kinds()).containsExactly(DiscrepancyKind.NO_SUBJECT);
        }
    }

    @Nested
    class A_subscription {
        @Test
        void claims_its_status_and_its_trial_beside_its_invoices() {
            var status = Subscription.newBuilder()
                    .setStatus(SubscriptionStatus.TRIALING)
                    .setAt(NOON)
                    .setTrialEnd(OCTOBER)
                    .setCancelScheduled(true)
                    .build();
            var matched = match(renewals(first()).setSubscription(status));
            assertThat(matched.claims())
                    .extracting(
                            Claim.Builder::getClaimKey,
                            Claim.Builder::getKind,
                            Claim.Builder::getStatus,
                            Claim.Builder::getUntil,
                            Claim.Builder::getCancelScheduled)
                    .containsExactly(
                            tuple(key("sub_1"), ClaimKind.PERIOD, ClaimStatus.PAID, OCTOBER, false),
                            tuple(
                                    key("sub_1") + " subscription premium",
                                    ClaimKind.SUBSCRIPTION,
                                    ClaimStatus.TRIALING,
                                    OCTOBER,
                                    true));
        }

        @Test
        void to_a_product_that_is_sold_once_claims_nothing() {
            assertThat(match(subscription(SubscriptionStatus.ACTIVE, NOON).setReferences(POST)))
                    .isEqualTo(MatchResult.NOTHING);
        }

        @Test
        void without_a_subject_claims_nothing_and_is_no_discrepancy_since_no_money_moved() {
            assertThat(match(subscription(SubscriptionStatus.ACTIVE, NOON).setReferences(Map.of())))
                    .isEqualTo(MatchResult.NOTHING);
        }
    }

    @Nested
    class The_charges {
        @Test
        void are_those_of_the_invoices_that_took_money() {
            assertThat(charges(renewals(first(), second().setStatus(InvoiceStatus.OPEN))))
                    .extracting(charge -> charge.key().toString(), Charge::paid, Charge::at)
                    .containsExactly(tuple(key("sub_1") + " invoice t_1", 800L, NOON));
        }

        @Test
        void without_an_invoice_are_the_captured_money() {
            assertThat(charges(post(2500)))
                    .extracting(charge -> charge.key().toString(), Charge::paid, Charge::currency)
                    .containsExactly(tuple(key("pi_1"), 2500L, "USD"));
        }

        @Test
        void of_a_payment_have_the_price_of_its_capture() {
            assertThat(charges(post(2500))).extracting(Charge::priceTime).containsExactly(new PriceTime(NOON, false));
        }

        @Test
        void of_an_invoice_have_the_price_of_the_earliest_time_that_is_known_of_it() {
            var first = List.of(new PriceTime(NOON, true));
            assertThat(priceTimes(first())).isEqualTo(first);
            assertThat(priceTimes(first().setAt(OCTOBER))).isEqualTo(first);
            assertThat(priceTimes(first().setFrom(OCTOBER))).isEqualTo(first);
            assertThat(priceTimes(first().setFrom(null))).isEqualTo(first);
            assertThat(priceTimes(first(), NOON.plusSeconds(60))).isEqualTo(first);
            assertThat(priceTimes(first(), NOON.minusSeconds(60)))
                    .containsExactly(new PriceTime(NOON.minusSeconds(60), true));
        }

        @Test
        void may_have_an_older_price_if_they_belong_to_a_subscription_and_are_not_known_to_be_its_first() {
            assertThat(priceTimes(first().setSubscription(null))).containsExactly(new PriceTime(NOON, false));
            for (var reason : InvoiceReason.values()) {
                assertThat(priceTimes(first().setBreakdown(new Breakdown(reason, 0L, 0L, 0L, List.of()))))
                        .containsExactly(new PriceTime(NOON, reason != InvoiceReason.FIRST));
            }
        }

        private List<PriceTime> priceTimes(Invoice.Builder invoice, Instant capturedAt) {
            var payer = captured("pi_1", capturedAt, 800, 0).build();
            return matcher.charges(renewals(invoice).build(), List.of(payer)).stream()
                    .map(Charge::priceTime)
                    .toList();
        }

        private List<PriceTime> priceTimes(Invoice.Builder invoice) {
            return charges(renewals(invoice)).stream().map(Charge::priceTime).toList();
        }

        @Test
        void in_several_currencies_cannot_be_told_apart() {
            assertThat(charges(post(2500).setTotals(List.of(totals("EUR", 1), totals("USD", 2500)))))
                    .isEmpty();
        }

        private List<Charge> charges(PaymentState.Builder payment) {
            return matcher.charges(payment.build(), List.of());
        }
    }

    private MatchResult match(PaymentState.Builder payment) {
        return matcher.match(payment.build(), List.of());
    }

    private static Claim.Builder onlyClaim(MatchResult matched) {
        assertThat(matched.claims()).hasSize(1);
        return matched.claims().get(0);
    }

    private static PaymentState.Builder post(long amount) {
        return captured("pi_1", NOON, amount, 0).setReferences(POST);
    }

    private static Totals totals(String currency, long captured) {
        return new Totals(currency, 0L, captured, 0L, 0L, 0L, 0L);
    }

    private static Invoice.Builder first() {
        return renewal("t_1", NOON, OCTOBER);
    }

    private static Invoice.Builder second() {
        return renewal("t_2", OCTOBER, NOVEMBER);
    }
}
