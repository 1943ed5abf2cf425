package ipn.gateway.shopify;

import static ipn.gateway.shopify.ShopifyUnderTest.listener;
import static org.assertj.core.api.Assertions.assertThat;

import ipn.fact.Fact;
import ipn.fact.Fact.RefundLine;
import ipn.fact.Fact.RefundLines;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which lines of an order a refund was for. */
class ShopifyRefundLinesTest {
    private static String set(String amount) {
        return "{'shop_money': {'amount': '%s', 'currency_code': 'USD'}, 'presentment_money': {'amount': '%s', 'currency_code': 'USD'}}"
                .formatted(amount, amount);
    }

    private static String item(long variant, String subtotal, String tax) {
        return """
                {'id': 1, 'line_item_id': 88, 'quantity': 1, 'restock_type': 'no_restock', 'subtotal': %s, 'subtotal_set': %s, 'total_tax': %s,
                 'total_tax_set': %s, 'line_item': {'id': 88, 'variant_id': %d, 'sku': 'promo-%d', 'product_id': 99}}""".formatted(subtotal, set(subtotal), tax, set(tax), variant, variant);
    }

    private static String transaction(long id, String status, String amount) {
        return Bodies.TRANSACTION
                .replace("'id': 66", "'id': " + id)
                .replace("sale", "refund")
                .replace("success", status)
                .replace("25.00", amount);
    }

    private static String refund(String transactions, String items) {
        return Bodies.REFUND.replaceAll(
                "'transactions': \\[.*]",
                "'transactions': [" + transactions + "], 'refund_line_items': [" + items + "]");
    }

    private static List<RefundLines> lines(String refund) {
        var lines = listener("refunds/create").facts(RefundLines.class, refund);
        var order = Bodies.ORDER.replace("'refunds': []", "'refunds': [" + refund + "]");
        assertThat(listener("orders/updated").facts(RefundLines.class, order))
                .as("the same in a snapshot of the order")
                .isEqualTo(lines);
        return lines;
    }

    private static RefundLines of(String transaction, RefundLine... lines) {
        return new RefundLines(transaction, List.of(lines));
    }

    @Test
    void a_refund_names_the_variants_of_its_lines() {
        var refund = refund(
                transaction(67, "success", "25.00"), item(991, "15.00", "0.00") + ", " + item(992, "10.00", "0.00"));
        assertThat(lines(refund)).containsExactly(of("67", new RefundLine("991", 1500), new RefundLine("992", 1000)));
        assertThat(listener("refunds/create").facts(Fact.Refund.class, refund)).hasSize(1);
    }

    @ParameterizedTest(name = "{0} paid back for a line of 10.00 with 2.00 tax: {1}")
    @CsvSource({"12.00, 1200", "10.00, 1000", "8.00, 800", "15.00, 1200", "0.01, 1"})
    void a_line_has_its_tax_if_that_was_paid_back_and_never_more_than_was_paid_back(String back, long amount) {
        assertThat(lines(refund(transaction(67, "success", back), item(991, "10.00", "2.00"))))
                .containsExactly(of("67", new RefundLine("991", amount)));
    }

    @Test
    void a_merchant_who_pays_back_less_than_the_lines_cost_pays_back_a_part_of_each() {
        var refund = refund(
                transaction(67, "success", "20.00"), item(991, "15.00", "0.00") + ", " + item(992, "10.00", "0.00"));
        assertThat(lines(refund)).containsExactly(of("67", new RefundLine("991", 1200), new RefundLine("992", 800)));
    }

    @Test
    void shipping_that_is_paid_back_is_of_no_line() {
        var shipping = "'order_adjustments': [{'kind': 'shipping_refund', 'amount': '-5.00', 'amount_set': "
                + set("-5.00") + ", 'tax_amount': '0.00', 'tax_amount_set': " + set("0.00") + "}], 'refund_line_items'";
        var refund = refund(transaction(67, "success", "15.00"), item(991, "10.00", "2.00"))
                .replace("'refund_line_items'", shipping);
        assertThat(lines(refund)).containsExactly(of("67", new RefundLine("991", 1000)));
    }

    @Test
    void lines_are_divided_among_the_transactions_that_count() {
        var transactions = String.join(
                ", ",
                transaction(67, "failure", "25.00"),
                transaction(68, "success", "8.00"),
                transaction(69, "pending", "17.00"));
        var refund = refund(transactions, item(991, "15.00", "0.00") + ", " + item(992, "10.00", "0.00"));
        assertThat(lines(refund))
                .containsExactly(
                        of("68", new RefundLine("991", 800)),
                        of("69", new RefundLine("991", 700), new RefundLine("992", 1000)));
    }

    @Test
    void amounts_are_those_in_the_currency_of_the_payer() {
        var abroad = item(991, "10.00", "0.00")
                .replace(
                        "'presentment_money': {'amount': '10.00', 'currency_code': 'USD'}",
                        "'presentment_money': {'amount': '9.00', 'currency_code': 'EUR'}");
        assertThat(lines(refund(transaction(67, "success", "9.00").replace("'USD'", "'EUR'"), abroad)))
                .containsExactly(of("67", new RefundLine("991", 900)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'variant_id': 991      | 'variant_id': null, 'x': 1",
                "'variant_id': 991      | 'variant_id': 'a b'",
                "'line_item':           | 'x':",
                "'amount': '10.00'      | 'amount': 'ten'"
            })
    void a_line_that_makes_no_sense_or_has_no_name_never_keeps_the_refund_out(String sound, String senseless) {
        var item = item(991, "10.00", "0.00").replace("'product_id': 99", "'product_id': null");
        assertThat(item).contains(sound);
        var refund = refund(transaction(67, "success", "10.00"), item.replace(sound, senseless));
        assertThat(listener("refunds/create").facts(Fact.Refund.class, refund)).hasSize(1);
        assertThat(lines(refund)).isEmpty();
    }

    @Test
    void old_bodies_have_amounts_in_one_currency() {
        var old = item(991, "10.00", "0.00").replaceAll("'(subtotal|total_tax)_set': \\{.*?}},?", "");
        assertThat(old).doesNotContain("presentment");
        assertThat(lines(refund(transaction(67, "success", "10.00"), old)))
                .containsExactly(of("67", new RefundLine("991", 1000)));
    }

    @Test
    void goods_that_go_back_without_money_are_of_no_refund() {
        assertThat(listener("orders/updated")
                        .facts(
                                RefundLines.class,
                                Bodies.ORDER.replace(
                                        "'refunds': []",
                                        "'refunds': [" + refund("", item(991, "10.00", "0.00")) + "]")))
                .isEmpty();
    }

    @Test
    void there_is_a_bound() {
        var items = String.join(", ", Collections.nCopies(RefundLines.LINES_MAX + 1, item(991, "0.10", "0.00")));
        assertThat(lines(refund(transaction(67, "success", "25.00"), items))
                        .get(0)
                        .lines())
                .hasSize(RefundLines.LINES_MAX);
    }
}
