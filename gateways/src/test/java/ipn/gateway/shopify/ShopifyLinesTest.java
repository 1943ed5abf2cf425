package ipn.gateway.shopify;

import static ipn.gateway.shopify.ShopifyUnderTest.listener;
import static org.assertj.core.api.Assertions.assertThat;

import ipn.fact.Fact;
import ipn.fact.Fact.Breakdown;
import ipn.fact.Fact.InvoiceReason;
import ipn.fact.Fact.Line;
import ipn.gateway.Word;
import ipn.topics.Reason;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The lines of an order, and how Shopify calculated its price from them. */
class ShopifyLinesTest {
    private static final Line PROMOTION = Line.of(List.of("991", "promo-25", "99"), 1, 2500);

    private static String set(String shop, String presentment) {
        return "{'shop_money': {'amount': '%s', 'currency_code': 'USD'}, 'presentment_money': {'amount': '%s', 'currency_code': 'USD'}}"
                .formatted(shop, presentment);
    }

    private static String line(String price, long quantity, String more) {
        return """
                {'id': 88, 'name': 'Promoted post', 'title': 'Promoted post', 'sku': 'promo-25', 'variant_id': 991, 'product_id': 99,
                 'price': '%s', 'price_set': %s, 'quantity': %d, 'current_quantity': %d, 'gift_card': false, 'properties': [],
                 'total_discount': '0.00' %s}""".formatted(price, set(price, price), quantity, quantity, more);
    }

    private static String line() {
        return line("25.00", 1, "");
    }

    private static String order(String more, String... lines) {
        return Bodies.ORDER
                .replace("'line_items': []", "'line_items': [" + String.join(", ", lines) + "]")
                .replace("'cancelled_at': null", "'cancelled_at': null" + more);
    }

    private static Optional<Breakdown> breakdown(String order) {
        return listener("orders/paid").facts(Fact.Invoice.class, order).get(0).breakdown();
    }

    private static Optional<Breakdown> expected(InvoiceReason reason, long discount, long tax, Line... lines) {
        return Optional.of(new Breakdown(reason, discount, tax, 0, List.of(lines)));
    }

    @ParameterizedTest
    @CsvSource({
        "web, OTHER",
        "pos, OTHER",
        "shopify_draft_order, MANUAL",
        "subscription_contract, RENEWAL",
        "subscription_contract_checkout_one, RENEWAL"
    })
    void the_source_of_the_order_is_the_reason(String source, InvoiceReason reason) {
        assertThat(breakdown(order(", 'source_name': '" + source + "'", line())))
                .isEqualTo(expected(reason, 0, 0, PROMOTION));
    }

    @Test
    void an_order_that_names_its_contract_is_a_renewal() {
        var renewal = order("", line())
                .replace(
                        "'note_attributes': []",
                        "'note_attributes': [{'name': 'subscription_contract_id', 'value': 14}]");
        assertThat(breakdown(renewal)).isEqualTo(expected(InvoiceReason.RENEWAL, 0, 0, PROMOTION));
    }

    @Test
    void two_products_are_two_lines_and_a_quantity_counts_in_one() {
        var report = line("5.00", 3, "").replace("991", "992").replace("'sku': 'promo-25'", "'sku': ''");
        assertThat(breakdown(order(", 'total_line_items_price': '40.00'", line(), report)))
                .isEqualTo(expected(InvoiceReason.OTHER, 0, 0, PROMOTION, Line.of(List.of("992", "99"), 3, 1500)));
    }

    @Test
    void a_product_without_variant_has_no_names() {
        var custom = line().replace("991", "null").replace("'promo-25'", "null").replace("99,", "null,");
        assertThat(breakdown(order("", custom)))
                .isEqualTo(expected(InvoiceReason.OTHER, 0, 0, Line.of(List.of(), 1, 2500)));
    }

    @Test
    void an_order_has_no_period_and_no_credit() {
        var paidByGiftCard = order(", 'payment_gateway_names': ['gift_card'], 'total_outstanding': '0.00'", line());
        var invoice = listener("orders/paid")
                .facts(Fact.Invoice.class, paidByGiftCard)
                .get(0);
        assertThat(invoice.from()).isEmpty();
        assertThat(invoice.until()).isEmpty();
        assertThat(invoice.breakdown()).isEqualTo(expected(InvoiceReason.OTHER, 0, 0, PROMOTION));
    }

    @Test
    void shipping_tips_and_duties_are_no_lines() {
        var more = """
                , 'shipping_lines': [{'id': 3, 'title': 'Express', 'price': '4.00', 'price_set': %s}], 'total_tip_received': '2.00',
                'current_total_duties_set': %s, 'total_line_items_price': '25.00'""".formatted(set("4.00", "4.00"), set("1.00", "1.00"));
        assertThat(breakdown(order(more, line()))).isEqualTo(expected(InvoiceReason.OTHER, 0, 0, PROMOTION));
    }

    @Test
    void a_line_has_its_share_of_the_discounts_and_the_first_names_it() {
        var more = """
                , 'total_discounts': '6.00', 'discount_codes': [{'code': 'SPRING', 'amount': '5.00', 'type': 'fixed_amount'}],
                'discount_applications': [{'type': 'automatic', 'title': 'Two for one'}, {'type': 'discount_code', 'code': 'SPRING'}]""";
        var allocations =
                ", 'discount_allocations': [{'amount': '1.00', 'discount_application_index': 0, 'amount_set': "
                        + set("1.00", "1.00") + "}, {'amount': '5.00', 'discount_application_index': 1, 'amount_set': "
                        + set("5.00", "5.00") + "}]";
        assertThat(breakdown(order(more, line("25.00", 1, allocations), line())))
                .isEqualTo(expected(
                        InvoiceReason.OTHER, 600, 0, PROMOTION.withDiscount(600, Optional.of("SPRING")), PROMOTION));
    }

    @Test
    void a_discount_of_100_percent_leaves_the_line_at_its_price() {
        var free = order(
                "",
                line("25.00", 1, ", 'discount_allocations': [{'amount': '25.00', 'discount_application_index': 7}]"));
        assertThat(breakdown(free))
                .isEqualTo(expected(InvoiceReason.OTHER, 2500, 0, PROMOTION.withDiscount(2500, Optional.empty())));
        var old = line().replace("'total_discount': '0.00'", "'total_discount': '25.00'");
        assertThat(breakdown(order("", old))).isEqualTo(breakdown(free));
    }

    @ParameterizedTest
    @CsvSource({"true, 25.00", "false, 29.00"})
    void tax_is_that_of_the_line_whether_the_price_contains_it_or_not(boolean included, String total) {
        var more = ", 'taxes_included': %s, 'total_tax': '4.00'".formatted(included);
        var taxed = line(
                "25.00",
                1,
                ", 'tax_lines': [{'price': '3.00', 'rate': 0.12, 'price_set': " + set("3.00", "3.00")
                        + "}, {'price': '1.00', 'rate': 0.04}]");
        assertThat(breakdown(order(more, taxed).replace("'total_price': '25.00'", "'total_price': '" + total + "'")))
                .isEqualTo(expected(InvoiceReason.OTHER, 0, 400, PROMOTION.withTax(400)));
    }

    @Test
    void amounts_are_those_in_the_currency_of_the_payer() {
        var abroad = order(
                        ", 'total_discounts': '5.00'",
                        line().replace(
                                        "'presentment_money': {'amount': '25.00', 'currency_code': 'USD'}",
                                        "'presentment_money': {'amount': '22.50', 'currency_code': 'EUR'}"))
                .replace("'presentment_currency': 'USD'", "'presentment_currency': 'EUR'")
                .replace(
                        "'presentment_money': {'amount': '25.00', 'currency_code': 'USD'}",
                        "'presentment_money': {'amount': '22.50', 'currency_code': 'EUR'}");
        assertThat(breakdown(abroad))
                .isEqualTo(expected(InvoiceReason.OTHER, 0, 0, Line.of(List.of("991", "promo-25", "99"), 1, 2250)));
        // the line has no amount in the payer's currency
        assertThat(breakdown(abroad.replace("'price_set'", "'x'"))).isEmpty();
    }

    @Test
    void lines_that_do_not_make_up_the_price_are_no_breakdown() {
        assertThat(breakdown(order(", 'total_line_items_price': '30.00'", line())))
                .isEmpty();
        assertThat(breakdown(order("", line(), "{'id': 89, 'quantity': 1}"))).isEmpty();
        assertThat(breakdown(order("", line("25.00", 0, "")))).isEmpty();
        var many = Collections.nCopies(Breakdown.LINES_MAX + 1, line()).toArray(String[]::new);
        assertThat(breakdown(order("", many))).isEmpty();
    }

    // spotless:off
    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "'price_set': {'shop_money': {'amount': '25.00', 'currency_code': 'USD'}, 'presentment_money': {'amount': '25.00' | 'price_set': {'presentment_money': {'amount': 'x'     | INVALID_AMOUNT",
        "'price_set': {'shop_money': {'amount': '25.00', 'currency_code': 'USD'}, 'presentment_money': {'amount': '25.00' | 'price_set': {'presentment_money': {'amount': '-1.00' | INVALID_AMOUNT",
        "'total_discount': '0.00'  | 'total_discount': 'x'               | INVALID_AMOUNT",
        "'total_discount': '0.00'  | 'tax_lines': [{'rate': 0.1}]        | MISSING_FIELD",
        "'total_discount': '0.00'  | 'discount_allocations': [{}]        | MISSING_FIELD",
        "'variant_id': 991         | 'variant_id': 'a b'                 | INVALID_ID"
    })
    // spotless:on
    void an_amount_of_a_line_that_makes_no_sense_is_refused(String sound, String senseless, Reason reason) {
        var order = order("", line());
        assertThat(order).contains(sound.strip());
        assertThat(listener("orders/paid").refusal(order.replace(sound.strip(), senseless.strip())))
                .isEqualTo(reason);
    }

    @Test
    void a_payer_can_write_attributes_but_no_sku() {
        assertThat(new ShopifyGateway().payerWords())
                .containsExactlyInAnyOrder(Word.ORDER, Word.SUBJECT, Word.PRODUCT, Word.REFERENCE);
    }
}
