package ipn.projector.allocation;

import static ipn.projector.Payments.captured;
import static ipn.projector.Payments.invoice;
import static ipn.projector.Payments.subscription;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import ipn.avro.Breakdown;
import ipn.avro.Claim;
import ipn.avro.ClaimKind;
import ipn.avro.ClaimStatus;
import ipn.avro.DiscrepancyKind;
import ipn.avro.DisputeStatus;
import ipn.avro.Invoice;
import ipn.avro.InvoiceLine;
import ipn.avro.InvoiceReason;
import ipn.avro.InvoiceStatus;
import ipn.avro.PayerWord;
import ipn.avro.PaymentState;
import ipn.avro.RefundedLine;
import ipn.avro.Subscription;
import ipn.avro.SubscriptionItem;
import ipn.avro.SubscriptionStatus;
import ipn.avro.Totals;
import ipn.projector.catalogue.Cancellation;
import ipn.projector.catalogue.CatalogueHistory;
import ipn.projector.catalogue.Discounts;
import ipn.projector.catalogue.KeepsAbove;
import ipn.projector.catalogue.Offers;
import ipn.projector.catalogue.Policy;
import ipn.projector.catalogue.Prices;
import ipn.projector.catalogue.Product;
import ipn.projector.catalogue.Product.Kind;
import ipn.projector.catalogue.ProductCatalogue;
import ipn.projector.catalogue.Tolerance;
import ipn.projector.ledger.RevenueRecognition;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What an invoice claims by its lines, which the gateway calculated from the merchant's own prices. */
class InvoiceLinesTest {
    private static final Instant START = Instant.parse("2026-09-01T12:00:00Z");
    private static final Instant MIDDLE = Instant.parse("2026-09-16T12:00:00Z");
    private static final Instant END = Instant.parse("2026-10-01T12:00:00Z");
    private static final Product PREMIUM = product("premium", "premium", Kind.SUBSCRIPTION, 800, Offers.USUAL);
    private static final Product PLUS = product("premium-plus", "premium-plus", Kind.SUBSCRIPTION, 1600, Offers.USUAL);
    private static final Product REPORT = product("report", "report", Kind.ONCE, 1000, Offers.USUAL);
    private static final Product STRICT =
            product("strict", "strict", Kind.SUBSCRIPTION, 800, new Offers(Discounts.NONE, Optional.empty()));
    private static final Product HALF =
            product("half", "half", Kind.SUBSCRIPTION, 800, new Offers(new Discounts(50), Optional.empty()));
    private static final Product TRIABLE = product(
            "triable", "triable", Kind.SUBSCRIPTION, 800, new Offers(Discounts.ANY, Optional.of(Period.ofDays(14))));

    private final PriceMatcher matcher = new PriceMatcher(CatalogueHistory.always(catalogue(Policy.DEFAULT)));

    @Nested
    class A_full_discount_or_credit {
        @Test
        void grants_as_money_does() {
            for (var breakdown : List.of(
                    of(line("price_premium", 800).setDiscount(800).setDiscountName("WELCOME")),
                    with(0, 800, line("price_premium", 800)))) {
                var claim = onlyClaim(match(paid(0), 0, breakdown));
                assertThat(claim.getStatus()).isEqualTo(ClaimStatus.PAID);
                assertThat(claim.getProduct()).isEqualTo("premium");
                assertThat(claim.getFrom()).isEqualTo(START);
                assertThat(claim.getUntil()).isEqualTo(END);
                assertThat(claim.getAmount()).isZero();
            }
        }

        @Test
        void does_not_grant_before_the_invoice_is_paid() {
            for (var status : List.of(InvoiceStatus.OPEN, InvoiceStatus.VOID, InvoiceStatus.UNCOLLECTIBLE)) {
                var matched = match(
                        invoice("in_1", status, 0, START, END),
                        0,
                        of(line("price_premium", 800).setDiscount(800)));
                assertThat(matched).isEqualTo(MatchResult.NOTHING);
            }
        }

        @Test
        void a_trial_of_which_nothing_was_sold_proves_nothing() {
            var matched = match(paid(0), 0, of(line("price_premium", 0)));
            assertThat(matched).isEqualTo(MatchResult.NOTHING);
        }
    }

    @Nested
    class A_lower_amount {
        @Test
        void is_explained_by_a_part_paid_from_credit() {
            var claim = onlyClaim(match(paid(300), 300, with(0, 500, line("price_premium", 800))));
            assertThat(claim.getAmount()).isEqualTo(300);
            assertThat(claim.getDiscrepancy()).isNull();
        }

        @Test
        void is_explained_by_a_discount() {
            var discounted = line("price_premium", 800).setDiscount(200);
            assertThat(onlyClaim(match(paid(600), 600, of(discounted))).getAmount())
                    .isEqualTo(600);
        }

        @Test
        void is_explained_by_an_offer_whose_discount_the_store_does_not_report() {
            var offered = line("price_premium", 99).setDiscountName("INTRODUCTORY");
            assertThat(onlyClaim(match(paid(99), 99, of(offered))).getAmount()).isEqualTo(99);
            assertKinds(match(paid(99), 99, of(line("price_premium", 99))), DiscrepancyKind.UNDERPAID);
        }

        @Test
        void is_underpaid_if_the_invoice_is_not_paid_in_full() {
            assertKinds(match(paid(799), 800, of(line("price_premium", 800))), DiscrepancyKind.UNDERPAID);
        }

        @Test
        void is_underpaid_if_the_product_is_not_sold_with_such_a_discount() {
            assertKinds(
                    match(paid(700), 700, of(line("price_strict", 800).setDiscount(100))), DiscrepancyKind.UNDERPAID);
            assertKinds(
                    match(paid(99), 99, of(line("price_strict", 99).setDiscountName("OFFER"))),
                    DiscrepancyKind.UNDERPAID);
            assertKinds(match(paid(399), 399, of(line("price_half", 800).setDiscount(401))), DiscrepancyKind.UNDERPAID);
            assertThat(onlyClaim(match(
                                    paid(400), 400, of(line("price_half", 800).setDiscount(400))))
                            .getProduct())
                    .isEqualTo("half");
        }

        @Test
        void of_a_line_below_its_price_is_underpaid() {
            assertKinds(match(paid(799), 799, of(line("price_premium", 799))), DiscrepancyKind.UNDERPAID);
        }
    }

    @Nested
    class A_line {
        @Test
        void sells_its_quantity() {
            assertThat(onlyClaim(match(
                                    paid(2400),
                                    2400,
                                    of(line("price_premium", 2400).setQuantity(3))))
                            .getAmount())
                    .isEqualTo(2400);
            assertKinds(
                    match(paid(800), 800, of(line("price_premium", 800).setQuantity(3))), DiscrepancyKind.UNDERPAID);
        }

        @Test
        void matches_with_its_tax_or_without() {
            var apart = line("price_premium", 800).setTax(152);
            assertThat(onlyClaim(match(paid(952), 952, of(apart))).getDiscrepancy())
                    .isNull();
            var included = line("price_premium", 672).setTax(128);
            assertThat(onlyClaim(match(paid(800), 800, of(included))).getDiscrepancy())
                    .isNull();
        }

        @Test
        void for_a_part_of_a_period_grants_that_part_only() {
            var upgrade = List.of(
                    line("price_premium", -400).setProration(true).setFrom(MIDDLE),
                    line("price_plus", 800).setProration(true).setFrom(MIDDLE));
            var matched = match(paid(400), 400, of(upgrade.toArray(InvoiceLine.Builder[]::new)));
            assertThat(matched.discrepancies()).isEmpty();
            assertThat(matched.claims())
                    .extracting(Claim.Builder::getProduct, Claim.Builder::getStatus, Claim.Builder::getFrom)
                    .containsExactly(
                            tuple("premium-plus", ClaimStatus.PAID, MIDDLE),
                            tuple("premium", ClaimStatus.CREDITED, MIDDLE));
            assertThat(matched.claims().get(0).getUntil()).isEqualTo(END);
            assertThat(matched.claims().get(0).getAmount()).isEqualTo(400);
        }

        @Test
        void without_a_product_of_the_catalogue_is_reported_and_the_others_grant() {
            var matched = match(paid(1300), 1300, of(line("price_premium", 800), line("price_setup", 500)));
            assertThat(matched.claims()).extracting(Claim.Builder::getProduct).containsExactly("premium");
            assertThat(matched.kinds()).containsExactly(DiscrepancyKind.UNKNOWN_PRODUCT);
        }
    }

    @Nested
    class Several_products {
        private final MatchResult matched =
                match(paid(1800), 1800, of(line("price_premium", 800), line("price_report", 1000)));

        @Test
        void are_each_granted_for_their_part_of_the_money() {
            assertThat(matched.claims())
                    .extracting(Claim.Builder::getProduct, Claim.Builder::getKind, Claim.Builder::getAmount)
                    .containsExactly(tuple("premium", ClaimKind.PERIOD, 800L), tuple("report", ClaimKind.ONCE, 1000L));
            assertThat(matched.claims()).extracting(Claim.Builder::getClaimKey).doesNotHaveDuplicates();
            assertThat(matched.discrepancies()).isEmpty();
        }

        @Test
        void share_what_was_paid_without_a_rest() {
            var odd = match(
                    paid(1001),
                    1001,
                    of(
                            line("price_premium", 800).setDiscount(333),
                            line("price_report", 1000).setDiscount(466)));
            assertThat(odd.claims().stream().mapToLong(Claim.Builder::getAmount).sum())
                    .isEqualTo(1001);
        }
    }

    @Nested
    class A_refund_of_lines {
        private final Breakdown both = of(line("price_premium", 1000), line("price_report", 1000));

        @Test
        void ends_the_product_of_its_line_and_no_other() {
            var matched = refunded(1000, line("price_report", 1000));
            assertStatuses(matched, ClaimStatus.PAID, ClaimStatus.REFUNDED);
            assertThat(matched.claims()).extracting(Claim.Builder::getRefunded).containsExactly(0L, 1000L);
        }

        @Test
        void ends_both_once_both_are_refunded_or_the_rest_of_all() {
            assertStatuses(
                    refunded(2000, line("price_premium", 1000), line("price_report", 1000)),
                    ClaimStatus.REFUNDED,
                    ClaimStatus.REFUNDED);
            assertStatuses(refunded(2000, line("price_report", 1000)), ClaimStatus.REFUNDED, ClaimStatus.REFUNDED);
        }

        @Test
        void ended_a_product_when_it_was_made_and_not_when_another_was_refunded() {
            var state = refunding(
                    state(paid(2000), 2000, both, Map.of()),
                    2000,
                    line("price_premium", 1000).setFrom(MIDDLE),
                    line("price_report", 1000).setFrom(END));
            var newest = Invoice.newBuilder(state.getInvoices().get(0))
                    .setRefundedAt(END)
                    .build();
            var refunded =
                    PaymentState.newBuilder(state).setInvoices(List.of(newest)).build();
            assertThat(thousands().match(refunded, List.of()).claims())
                    .extracting(Claim.Builder::getAt)
                    .containsExactly(MIDDLE, END);
        }

        @Test
        void in_part_ends_a_product_of_which_too_little_remains() {
            assertStatuses(refunded(600, line("price_report", 600)), ClaimStatus.PAID, ClaimStatus.PAID);
            assertStatuses(refunded(601, line("price_report", 601)), ClaimStatus.PAID, ClaimStatus.REFUNDED);
        }

        @Test
        void that_were_not_sold_or_have_a_name_of_several_products_is_of_all_in_proportion() {
            for (var sku : List.of("price_other", "shared")) {
                var named = of(named(line("price_premium", 1000)), named(line("price_report", 1000)));
                assertStatuses(refunded(named, 1000, line(sku, 1000)), ClaimStatus.PAID, ClaimStatus.PAID);
                var more = refunded(named, 1202, line(sku, 1202));
                assertStatuses(more, ClaimStatus.REFUNDED, ClaimStatus.REFUNDED);
                assertThat(more.claims()).extracting(Claim.Builder::getRefunded).containsExactly(601L, 601L);
            }
        }

        @Test
        void ends_a_line_whose_price_is_back_even_if_any_part_that_remains_is_enough() {
            // tax was added to one of two lines, so that half of the money is more than the price of the other
            var taxed = of(line("price_premium", 1000).setTax(200), line("price_report", 1000));
            var any = new HashMap<>(catalogue(Policy.DEFAULT).byName());
            any.replaceAll((name, product) -> new Product(
                    product.name(),
                    product.entitlement(),
                    product.kind(),
                    product.interval(),
                    product.grace(),
                    product.cancellation(),
                    false,
                    Prices.always(Map.of("USD", 1000L)),
                    Tolerance.NONE,
                    product.offers(),
                    KeepsAbove.ANY));
            var state = refunding(state(paid(2200), 2200, taxed, Map.of()), 1000, line("price_report", 1000));
            assertStatuses(
                    new PriceMatcher(CatalogueHistory.always(new ProductCatalogue(any, false, Policy.DEFAULT, "v1")))
                            .match(state, List.of()),
                    ClaimStatus.PAID,
                    ClaimStatus.REFUNDED);
        }

        @Test
        void leaves_disputes_the_products_that_it_did_not_refund() {
            var state = refunding(state(paid(2000), 2000, both, Map.of()), 1000, line("price_report", 1000));
            assertStatuses(
                    thousands().match(disputed(state, DisputeStatus.LOST, 1000, 0), List.of()),
                    ClaimStatus.DISPUTE_LOST,
                    ClaimStatus.REFUNDED);
            assertStatuses(
                    thousands().match(disputed(state, DisputeStatus.OPEN, 0, 1000), List.of()),
                    ClaimStatus.DISPUTED,
                    ClaimStatus.REFUNDED);
        }

        private static PaymentState disputed(PaymentState state, DisputeStatus status, long lost, long open) {
            var invoice = Invoice.newBuilder(state.getInvoices().get(0))
                    .setDisputeStatus(status)
                    .setLost(lost)
                    .setDisputed(open)
                    .build();
            return PaymentState.newBuilder(state).setInvoices(List.of(invoice)).build();
        }

        @Test
        void closes_the_discrepancy_of_that_line_and_of_no_other() {
            var strange = of(line("price_premium", 1000), line("price_setup", 1000));
            assertThat(refunded(strange, 1000, line("price_setup", 1000)).kinds())
                    .isEmpty();
            assertThat(refunded(strange, 1000, line("price_premium", 1000)).kinds())
                    .containsExactly(DiscrepancyKind.UNKNOWN_PRODUCT);
        }

        @Test
        void is_refunded_of_the_revenue_of_its_product() {
            var state = refunding(state(paid(2000), 2000, both, Map.of()), 1000, line("price_report", 1000));
            assertThat(RevenueRecognizer.recognize(state, List.of(), thousands().match(state, List.of())))
                    .extracting(RevenueRecognition::product, RevenueRecognition::paid, RevenueRecognition::refunded)
                    .containsExactly(tuple("premium", 1000L, 0L), tuple("report", 1000L, 1000L));
        }

        private MatchResult refunded(long amount, InvoiceLine.Builder... lines) {
            return refunded(both, amount, lines);
        }

        private MatchResult refunded(Breakdown breakdown, long amount, InvoiceLine.Builder... lines) {
            return thousands().match(refunding(state(paid(2000), 2000, breakdown, Map.of()), amount, lines), List.of());
        }

        /** Premium costs 10.00, as a report does. */
        private static PriceMatcher thousands() {
            var premium = product("premium", "premium", Kind.SUBSCRIPTION, 1000, Offers.USUAL);
            return new PriceMatcher(CatalogueHistory.always(new ProductCatalogue(
                    Map.of("price_premium", premium, "price_report", REPORT), false, Policy.DEFAULT, "v1")));
        }

        private static PaymentState refunding(PaymentState.Builder state, long amount, InvoiceLine.Builder... lines) {
            var invoice = Invoice.newBuilder(state.getInvoices().get(0))
                    .setRefunded(amount)
                    .setRefundedLines(Stream.of(lines)
                            .map(line -> new RefundedLine(line.getSkus().get(0), line.getAmount(), line.getFrom()))
                            .toList())
                    .build();
            var totals = new Totals("USD", 0L, invoice.getPaid(), amount, 0L, 0L, 0L);
            return state.setInvoices(List.of(invoice))
                    .setTotals(List.of(totals))
                    .build();
        }

        private static InvoiceLine.Builder named(InvoiceLine.Builder line) {
            return line.setSkus(List.of(line.getSkus().get(0), "shared"));
        }

        private static void assertStatuses(MatchResult matched, ClaimStatus... statuses) {
            assertThat(matched.claims()).extracting(Claim.Builder::getStatus).containsExactly(statuses);
        }
    }

    @Nested
    class An_invoice_without_an_amount {
        @Test
        void ends_with_a_refund_in_full_without_an_amount() {
            var unpriced = state(paid(0), 0, because(InvoiceReason.UNPRICED, line("price_premium", 0)), Map.of());
            var usual = new PriceMatcher(CatalogueHistory.always(
                    new ProductCatalogue(matcher.history().newest().byName(), false, Policy.DEFAULT, "v1")));
            var invoice = Invoice.newBuilder(unpriced.getInvoices().get(0))
                    .setFullyRefunded(true)
                    .setRefundedAt(MIDDLE)
                    .build();
            var matched = usual.match(unpriced.setInvoices(List.of(invoice)).build(), List.of());
            assertThat(onlyClaim(matched).getStatus()).isEqualTo(ClaimStatus.REFUNDED);
            assertThat(onlyClaim(matched).getAt()).isEqualTo(MIDDLE);
            assertThat(matched.discrepancies()).isEmpty();
        }

        @Test
        void is_granted_to_a_member_of_the_family_whom_nobody_charges() {
            var matched = match(paid(0), 0, because(InvoiceReason.SHARED, line("price_premium", 0)));
            assertThat(onlyClaim(matched).getStatus()).isEqualTo(ClaimStatus.PAID);
            assertThat(onlyClaim(matched).getProduct()).isEqualTo("premium");
            assertThat(matched.discrepancies()).isEmpty();
        }

        @Test
        void is_granted_with_a_discrepancy_where_the_gateway_proves_a_payment() {
            var unpriced = state(paid(0), 0, because(InvoiceReason.UNPRICED, line("price_premium", 0)), Map.of());
            var usual = new ProductCatalogue(matcher.history().newest().byName(), false, Policy.DEFAULT, "v1");
            var matched = new PriceMatcher(CatalogueHistory.always(usual)).match(unpriced.build(), List.of());
            assertThat(onlyClaim(matched).getUntil()).isEqualTo(END);
            assertThat(matched.kinds()).containsExactly(DiscrepancyKind.UNKNOWN_AMOUNT);
            assertKinds(matcher.match(unpriced.build(), List.of()), DiscrepancyKind.UNKNOWN_AMOUNT);
        }

        @Test
        void of_nothing_is_not_granted() {
            assertThat(match(paid(0), 0, of(line("price_premium", 0))).claims()).isEmpty();
        }
    }

    @Nested
    class A_switch_within_one_payment_key {
        private final PaymentState.Builder plus = invoice("in_1", InvoiceStatus.PAID, 1600, START, END);
        private final PaymentState.Builder premium = invoice("in_2", InvoiceStatus.PAID, 800, MIDDLE, END);

        @Test
        void credits_the_rest_of_the_period_that_it_replaces() {
            assertThat(credited(InvoiceReason.SWITCH)).singleElement().satisfies(claim -> {
                assertThat(claim.getProduct()).isEqualTo("premium-plus");
                assertThat(claim.getFrom()).isEqualTo(MIDDLE);
                assertThat(claim.getUntil()).isEqualTo(END);
                assertThat(claim.getAmount()).isNull();
            });
        }

        @Test
        void is_what_the_gateway_reports_as_one() {
            assertThat(credited(InvoiceReason.OTHER)).isEmpty();
        }

        @Test
        void ends_no_product_that_is_still_an_item() {
            premium.setSubscription(items(MIDDLE, "price_plus", "price_premium"));
            assertThat(credited(InvoiceReason.SWITCH)).isEmpty();
        }

        @Test
        void ends_a_product_that_is_no_item_any_more() {
            premium.setSubscription(items(MIDDLE, "price_premium"));
            assertThat(credited(InvoiceReason.SWITCH)).hasSize(1);
        }

        @Test
        void ends_a_product_of_which_only_an_older_status_has_the_item() {
            premium.setSubscription(items(MIDDLE.minusSeconds(1), "price_plus", "price_premium"));
            assertThat(credited(InvoiceReason.SWITCH)).hasSize(1);
        }

        @Test
        void ends_a_period_whose_product_was_bought_anew_before_its_end() {
            premium.setSubscription(items(END, "price_plus", "price_premium"));
            var anew = END.minusSeconds(60);
            var again = state(
                    invoice("in_3", InvoiceStatus.PAID, 1600, anew, END.plusSeconds(60)),
                    1600,
                    of(line("price_plus", 1600).setFrom(anew).setUntil(END.plusSeconds(60))),
                    Map.of());
            assertThat(credited(InvoiceReason.SWITCH, again.getInvoices().get(0)))
                    .extracting(Claim.Builder::getProduct, Claim.Builder::getFrom)
                    .containsExactly(tuple("premium-plus", MIDDLE));
        }

        private List<Claim.Builder> credited(InvoiceReason reason, Invoice... further) {
            var first =
                    state(plus, 1600, of(line("price_plus", 1600)), Map.of()).getInvoices();
            var all = state(
                    premium, 800, because(reason, line("price_premium", 800).setFrom(MIDDLE)), Map.of());
            all.setInvoices(
                    Stream.concat(Stream.of(first.get(0), all.getInvoices().get(0)), Stream.of(further))
                            .toList());
            var matched = matcher.match(all.build(), List.of());
            assertThat(matched.claims())
                    .filteredOn(claim -> claim.getStatus() == ClaimStatus.PAID)
                    .hasSize(2 + further.length);
            return matched.claims().stream()
                    .filter(claim -> claim.getStatus() == ClaimStatus.CREDITED)
                    .toList();
        }

        private Subscription items(Instant at, String... skus) {
            return Subscription.newBuilder()
                    .setStatus(SubscriptionStatus.ACTIVE)
                    .setAt(at)
                    .setItems(Stream.of(skus)
                            .map(sku -> new SubscriptionItem(List.of(sku)))
                            .toList())
                    .build();
        }
    }

    private static Breakdown because(InvoiceReason reason, InvoiceLine.Builder... lines) {
        return Breakdown.newBuilder(of(lines)).setReason(reason).build();
    }

    @Nested
    class A_word_of_a_payer {
        private final Breakdown shirt = of(line("price_shirt", 800));

        @Test
        void does_not_name_the_product_beside_a_price_id() {
            var matched = matcher.match(
                    state(paid(800), 800, shirt, Map.of("product", "premium"))
                            .setPayerWords(List.of(PayerWord.PRODUCT))
                            .setSkus(List.of("price_shirt"))
                            .build(),
                    List.of());
            assertThat(matched.claims()).isEmpty();
            assertThat(matched.kinds()).containsExactly(DiscrepancyKind.UNKNOWN_PRODUCT);
        }

        @Test
        void nor_beside_a_price_id_that_only_a_line_has() {
            var matched = matcher.match(
                    state(paid(800), 800, shirt, Map.of("product", "premium"))
                            .setPayerWords(List.of(PayerWord.PRODUCT))
                            .build(),
                    List.of());
            assertThat(matched.claims()).isEmpty();
            assertThat(matched.kinds()).containsExactly(DiscrepancyKind.UNKNOWN_PRODUCT);
        }

        @Test
        void names_it_if_it_is_the_merchants_own() {
            var matched = matcher.match(
                    state(paid(800), 800, shirt, Map.of("product", "premium"))
                            .setSkus(List.of("price_shirt"))
                            .build(),
                    List.of());
            assertThat(onlyClaim(matched).getProduct()).isEqualTo("premium");
        }

        @Test
        void does_not_name_the_product_of_a_payment_beside_a_sku() {
            var payment = captured("pi_1", START, 1000, 0)
                    .setReferences(Map.of("subject", "u_42", "product", "report"))
                    .setSkus(List.of("shirt"));
            assertThat(onlyClaim(matcher.match(payment.build(), List.of())).getProduct())
                    .isEqualTo("report");
            payment.setPayerWords(List.of(PayerWord.PRODUCT));
            assertKinds(matcher.match(payment.build(), List.of()), DiscrepancyKind.UNKNOWN_PRODUCT);
            payment.setSkus(List.of());
            assertThat(onlyClaim(matcher.match(payment.build(), List.of())).getProduct())
                    .isEqualTo("report");
            payment.setSkus(List.of("shirt")).setPayerWords(List.of(PayerWord.PRODUCT, PayerWord.SKU));
            assertThat(onlyClaim(matcher.match(payment.build(), List.of())).getProduct())
                    .isEqualTo("report");
        }
    }

    @Nested
    class A_trial {
        @Test
        void that_a_payer_could_have_written_grants_only_if_it_is_sold() {
            assertThat(trial("premium", 5, List.of(PayerWord.TRIAL)).kinds())
                    .containsExactly(DiscrepancyKind.UNSOLD_TRIAL);
            assertThat(trial("premium", 5, List.of(PayerWord.TRIAL))
                            .claims()
                            .get(0)
                            .getUntil())
                    .isNull();
            assertThat(trial("triable", 14, List.of(PayerWord.TRIAL)).discrepancies())
                    .isEmpty();
            assertThat(trial("triable", 14, List.of(PayerWord.TRIAL))
                            .claims()
                            .get(0)
                            .getUntil())
                    .isNotNull();
            assertThat(trial("triable", 5 * 365, List.of(PayerWord.TRIAL)).kinds())
                    .containsExactly(DiscrepancyKind.UNSOLD_TRIAL);
        }

        @Test
        void that_the_merchant_set_grants_unless_the_product_limits_it() {
            assertThat(trial("premium", 30, List.of()).discrepancies()).isEmpty();
            assertThat(trial("triable", 30, List.of()).kinds()).containsExactly(DiscrepancyKind.UNSOLD_TRIAL);
        }

        private MatchResult trial(String product, int days, List<PayerWord> payerWords) {
            var state = subscription(SubscriptionStatus.TRIALING, START)
                    .setReferences(Map.of("subject", "u_42", "product", product))
                    .setPayerWords(payerWords);
            state.setSubscription(Subscription.newBuilder(state.getSubscription())
                    .setFirstAt(START)
                    .setTrialEnd(START.plus(Duration.ofDays(days)))
                    .build());
            return matcher.match(state.build(), List.of());
        }
    }

    @Nested
    class Of_several_products {
        @Test
        void one_has_no_part_of_a_discount_on_the_line_of_another() {
            var lines = with(800, 0, line("price_premium", 800).setDiscount(800), line("price_strict", 800));
            assertThat(match(paid(800), 800, lines).discrepancies()).isEmpty();
        }

        @Test
        void each_has_a_discrepancy_of_its_own() {
            var lines = of(line("price_premium", 700), line("price_plus", 1500));
            assertThat(match(paid(2200), 2200, lines).discrepancies())
                    .extracting(each -> each.mismatch().charge().orElseThrow().product())
                    .containsExactly(Optional.of("premium"), Optional.of("premium-plus"));
        }

        @Test
        void only_those_that_match_have_money_that_matches() {
            var withUnknown = match(paid(1300), 1300, of(line("price_premium", 800), line("price_gone", 500)));
            assertThat(onlyClaim(withUnknown).getAmount()).isEqualTo(800);

            var state = state(paid(2300), 2300, of(line("price_premium", 800), line("price_plus", 1500)), Map.of())
                    .build();
            assertThat(RevenueRecognizer.recognize(state, List.of(), matcher.match(state, List.of())))
                    .extracting(RevenueRecognition::product, RevenueRecognition::paid)
                    .containsExactly(tuple("premium", 800L));
        }
    }

    @Test
    void a_switch_with_a_credit_ends_no_other_item_of_the_subscription() {
        var first = state(paid(2400), 2400, of(line("price_premium", 800), line("price_plus", 1600)), Map.of());
        var credit = line("price_premium", -400).setFrom(MIDDLE).build();
        var half = line("price_half", 400).setProration(true).setFrom(MIDDLE).build();
        var switched = new Breakdown(InvoiceReason.SWITCH, 0L, 0L, 0L, List.of(credit, half));
        var second = state(invoice("in_2", InvoiceStatus.PAID, 0, MIDDLE, END), 0, switched, Map.of());
        var both = List.of(first.getInvoices().get(0), second.getInvoices().get(0));
        assertThat(matcher.match(first.setInvoices(both).build(), List.of()).claims())
                .filteredOn(claim -> claim.getStatus() == ClaimStatus.CREDITED)
                .extracting(Claim.Builder::getProduct)
                .containsExactly("premium");
    }

    @Test
    void an_invoice_of_a_credit_alone_credits_unused_time() {
        var credit = line("price_premium", -400).setFrom(MIDDLE);
        assertThat(onlyClaim(match(paid(0), 0, of(credit))).getStatus()).isEqualTo(ClaimStatus.CREDITED);
    }

    private MatchResult match(PaymentState.Builder invoice, long due, Breakdown breakdown) {
        return matcher.match(state(invoice, due, breakdown, Map.of()).build(), List.of());
    }

    private static PaymentState.Builder state(
            PaymentState.Builder invoice, long due, Breakdown breakdown, Map<String, String> references) {
        var words = new HashMap<>(references);
        words.put("subject", "u_42");
        var calculated = Invoice.newBuilder(invoice.getInvoices().get(0))
                .setDue(due)
                .setBreakdown(breakdown)
                .build();
        return invoice.setInvoices(List.of(calculated)).setReferences(words);
    }

    private static PaymentState.Builder paid(long amount) {
        return invoice("in_1", InvoiceStatus.PAID, amount, START, END);
    }

    private static Breakdown of(InvoiceLine.Builder... lines) {
        return with(0, 0, lines);
    }

    private static Breakdown with(long discount, long credit, InvoiceLine.Builder... lines) {
        return new Breakdown(
                InvoiceReason.RENEWAL,
                discount,
                0L,
                credit,
                List.of(lines).stream().map(InvoiceLine.Builder::build).toList());
    }

    private static InvoiceLine.Builder line(String sku, long amount) {
        return InvoiceLine.newBuilder()
                .setSkus(List.of(sku))
                .setQuantity(1)
                .setAmount(amount)
                .setFrom(START)
                .setUntil(END);
    }

    private static Claim.Builder onlyClaim(MatchResult matched) {
        assertThat(matched.claims()).hasSize(1);
        return matched.claims().get(0);
    }

    private static void assertKinds(MatchResult matched, DiscrepancyKind... kinds) {
        assertThat(matched.kinds()).containsExactly(kinds);
        assertThat(matched.claims()).isEmpty();
    }

    private static ProductCatalogue catalogue(Policy policy) {
        return new ProductCatalogue(
                Map.ofEntries(
                        Map.entry("premium", PREMIUM),
                        Map.entry("price_premium", PREMIUM),
                        Map.entry("price_plus", PLUS),
                        Map.entry("report", REPORT),
                        Map.entry("price_report", REPORT),
                        Map.entry("price_strict", STRICT),
                        Map.entry("price_half", HALF),
                        Map.entry("triable", TRIABLE)),
                false,
                new Policy(Set.of(), policy.orderRequired()),
                "v1");
    }

    private static Product product(String name, String entitlement, Kind kind, long price, Offers offers) {
        return new Product(
                name,
                entitlement,
                kind,
                Period.ofMonths(1),
                Duration.ZERO,
                Cancellation.AT_PERIOD_END,
                false,
                Prices.always(Map.of("USD", price)),
                Tolerance.NONE,
                offers,
                KeepsAbove.DEFAULT);
    }
}
