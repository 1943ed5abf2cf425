package ipn.projector.allocation;

import static ipn.projector.Payments.captured;
import static ipn.projector.Payments.renewal;
import static ipn.projector.Payments.renewals;
import static org.assertj.core.api.Assertions.assertThat;

import ipn.avro.ClaimStatus;
import ipn.avro.DiscrepancyKind;
import ipn.avro.PaymentState;
import ipn.key.ChargeKey;
import ipn.key.PaymentKey;
import ipn.projector.Products;
import ipn.projector.catalogue.Cancellation;
import ipn.projector.catalogue.CatalogueHistory;
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
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CatalogueTermsTest {
    private static final Instant NOON = Instant.parse("2026-09-01T12:00:00Z");
    private static final Instant OCTOBER = Instant.parse("2026-10-01T12:00:00Z");
    private static final ChargeKey KEY = ChargeKey.whole(PaymentKey.parse("stripe/main/pi_1"));
    private static final Product TOLERANT = new Product(
            "promoted-post",
            "promotion",
            Product.Kind.ONCE,
            Period.ofMonths(1),
            Duration.ZERO,
            Cancellation.AT_PERIOD_END,
            true,
            Prices.always(Map.of("USD", 2500L, "EUR", 2300L)),
            new Tolerance(0, 20),
            Offers.USUAL,
            KeepsAbove.DEFAULT);

    @ParameterizedTest(name = "{0} {1}: {2} (expected {3}, was {4})")
    @CsvSource(textBlock = """
                    2500, USD, ,                  ,           ,
                    3000, USD, ,                  ,           ,
                    3001, USD, OVERPAID,          25.00 USD,  30.01 USD
                    2499, USD, UNDERPAID,         25.00 USD,  24.99 USD
                    2300, EUR, ,                  ,           ,
                    2299, EUR, UNDERPAID,         23.00 EUR,  22.99 EUR
                    2500, GBP, CURRENCY_MISMATCH, EUR or USD, GBP
                    """)
    void a_charge_is_compared_with_the_price_in_its_currency(
            long paid, String currency, DiscrepancyKind kind, String expected, String actual) {
        var mismatches = terms(Products.CATALOGUE, payment(Map.of())).mismatches(charge(paid, currency), TOLERANT);
        if (kind == null) {
            assertThat(mismatches).isEmpty();
        } else {
            var mismatch = Mismatch.ofCharge(kind, KEY, expected, actual);
            assertThat(mismatches)
                    .containsExactly(
                            kind == DiscrepancyKind.CURRENCY_MISMATCH ? mismatch.ofMoney(paid, currency) : mismatch);
        }
    }

    @Nested
    class Where_the_policy_requires_an_order {
        private final ProductCatalogue strict =
                new ProductCatalogue(Products.CATALOGUE.byName(), true, new Policy(Set.of(), Set.of("stripe")), "v1");

        @Test
        void a_payment_that_names_none_does_not_match_whatever_it_paid() {
            assertThat(terms(strict, payment(Map.of())).mismatches(charge(2500, "USD"), TOLERANT))
                    .extracting(Mismatch::kind)
                    .containsExactly(DiscrepancyKind.NO_ORDER);
        }

        @Test
        void a_payment_that_names_one_is_compared_with_the_price() {
            var terms = terms(strict, payment(Map.of("order", "o_1")));
            assertThat(terms.mismatches(charge(2500, "USD"), TOLERANT)).isEmpty();
            assertThat(terms.mismatches(charge(100, "USD"), TOLERANT))
                    .extracting(Mismatch::kind)
                    .containsExactly(DiscrepancyKind.UNDERPAID);
        }

        @Test
        void a_renewal_needs_none() {
            var renewal = new Charge(
                    KEY,
                    Optional.of(PaymentKey.parse("stripe/main/sub_1")),
                    NOON,
                    NOON,
                    true,
                    2500,
                    "USD",
                    ClaimStatus.PAID);
            assertThat(terms(strict, payment(Map.of())).mismatches(renewal, TOLERANT))
                    .isEmpty();
        }

        @Test
        void payments_at_other_gateways_need_none() {
            var paypal = payment(Map.of()).setGateway("paypal");
            assertThat(terms(strict, paypal).mismatches(charge(2500, "USD"), TOLERANT))
                    .isEmpty();
        }
    }

    @Nested
    class The_product {
        @Test
        void is_the_one_that_the_references_name_before_any_sku() {
            var payment = payment(Map.of("product", "premium")).setSkus(List.of("promoted-post"));
            assertThat(terms(Products.CATALOGUE, payment).product().product()).contains(Products.PREMIUM);
        }

        @Test
        void is_the_first_sku_that_the_catalogue_has_where_the_references_name_none() {
            var payment = payment(Map.of()).setSkus(List.of("yacht", "premium_monthly", "promoted-post"));
            assertThat(terms(Products.CATALOGUE, payment).product().product()).contains(Products.PREMIUM);
            assertThat(terms(Products.CATALOGUE, payment(Map.of())).product().product())
                    .isEmpty();
        }

        @Test
        void of_one_of_several_invoices_is_the_sku_that_costs_what_was_paid() {
            var several = renewals(
                            renewal("t_1", NOON, OCTOBER),
                            renewal("t_2", NOON, OCTOBER).setPaid(2500))
                    .setReferences(Map.of())
                    .setSkus(List.of("premium", "promoted-post"))
                    .build();
            var combined = CombinedPayments.combine(several, List.of());
            var terms = new CatalogueTerms(
                    CatalogueHistory.always(Products.CATALOGUE), MoneyDecisions.NONE, several, combined);
            assertThat(InvoiceView.all(several, combined))
                    .extracting(view -> terms.product(view).product().orElseThrow())
                    .containsExactly(Products.PREMIUM, Products.PROMOTED);
        }

        @Test
        void of_an_only_invoice_is_that_of_the_payment_key() {
            var only = renewals(renewal("t_1", NOON, OCTOBER).setPaid(2500))
                    .setReferences(Map.of())
                    .setSkus(List.of("premium", "promoted-post"))
                    .build();
            var combined = CombinedPayments.combine(only, List.of());
            var terms = new CatalogueTerms(
                    CatalogueHistory.always(Products.CATALOGUE), MoneyDecisions.NONE, only, combined);
            assertThat(InvoiceView.all(only, combined))
                    .extracting(view -> terms.product(view).product().orElseThrow())
                    .containsExactly(Products.PREMIUM);
        }
    }

    @Test
    void nothing_but_the_price_disqualifies_and_a_trial_is_expected() {
        var terms = terms(Products.CATALOGUE, payment(Map.of()));
        assertThat(terms.disqualification()).isEmpty();
        assertThat(terms.expectsTrial()).isTrue();
    }

    private static PaymentState.Builder payment(Map<String, String> references) {
        return captured("pi_1", NOON, 2500, 0).setReferences(references);
    }

    private static CatalogueTerms terms(ProductCatalogue catalogue, PaymentState.Builder payment) {
        var own = payment.build();
        return new CatalogueTerms(
                CatalogueHistory.always(catalogue), MoneyDecisions.NONE, own, CombinedPayments.combine(own, List.of()));
    }

    private static Charge charge(long paid, String currency) {
        return new Charge(KEY, Optional.empty(), NOON, NOON, false, paid, currency, ClaimStatus.PAID);
    }
}
