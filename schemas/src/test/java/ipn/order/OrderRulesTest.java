package ipn.order;

import static org.assertj.core.api.Assertions.assertThat;

import ipn.avro.Order;
import ipn.order.OrderRules.Violation;
import ipn.topics.Reason;
import java.time.Instant;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class OrderRulesTest {
    private static final String LONG = "x".repeat(501);

    @Test
    void an_order_that_keeps_all_rules_is_accepted() {
        assertThat(OrderRules.violation("o_1", order().build())).isEmpty();
        assertThat(OrderRules.violation("o_1", order().setAmount(0).build()))
                .as("nothing to pay")
                .isEmpty();
        assertThat(OrderRules.violation(
                        "o_1", order().setReference("x".repeat(500)).build()))
                .as("the longest reference")
                .isEmpty();
    }

    @Test
    void a_withdrawal_needs_an_order_id_only() {
        assertThat(OrderRules.violation("o_1", null)).isEmpty();
        assertThat(OrderRules.violation(" ", null)).map(Violation::reason).contains(Reason.INVALID_ID);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 201})
    void an_order_id_has_1_to_200_characters(int length) {
        var key = "o".repeat(length);
        assertThat(OrderRules.violation(key, order().setOrderId(key).build()))
                .map(Violation::reason)
                .contains(Reason.INVALID_ID);
        var longest = "o".repeat(200);
        assertThat(OrderRules.violation(longest, order().setOrderId(longest).build()))
                .isEmpty();
    }

    static Stream<Arguments> broken() {
        return Stream.of(
                broken("another id than the key", order -> order.setOrderId("o_2"), Reason.INVALID_ID),
                broken("a long subject", order -> order.setSubject(LONG), Reason.INVALID_ID),
                broken("a long product", order -> order.setProduct(LONG), Reason.INVALID_ID),
                broken("a long reference", order -> order.setReference(LONG), Reason.INVALID_ID),
                broken("a long account", order -> order.setGatewayAccount(LONG), Reason.INVALID_ID),
                broken("no subject", order -> order.setSubject(" "), Reason.MISSING_FIELD),
                broken("no product", order -> order.setProduct(""), Reason.MISSING_FIELD),
                broken("an amount below zero", order -> order.setAmount(-1), Reason.INVALID_AMOUNT),
                broken("a currency in small letters", order -> order.setCurrency("usd"), Reason.UNKNOWN_CURRENCY),
                broken("a currency of four letters", order -> order.setCurrency("USDT"), Reason.UNKNOWN_CURRENCY));
    }

    private static Arguments broken(String what, UnaryOperator<Order.Builder> change, Reason reason) {
        return Arguments.of(what, change.apply(order()).build(), reason);
    }

    @ParameterizedTest(name = "{0}: {2}")
    @MethodSource("broken")
    void an_order_that_breaks_a_rule_is_refused_with_a_reason_and_what_was_expected(
            String what, Order order, Reason reason) {
        assertThat(OrderRules.violation("o_1", order)).hasValueSatisfying(violation -> {
            assertThat(violation.reason()).isEqualTo(reason);
            assertThat(violation.detail()).contains("(expected: ").doesNotContain(LONG, "o_2", "usd", "USDT");
        });
    }

    @Test
    void all_that_is_wrong_is_said_at_once() {
        var order = order().setSubject("").setAmount(-1).setCurrency("?").build();
        assertThat(OrderRules.violations("o_2", order))
                .extracting(Violation::reason)
                .containsExactly(
                        Reason.INVALID_ID, Reason.MISSING_FIELD, Reason.INVALID_AMOUNT, Reason.UNKNOWN_CURRENCY);
    }

    private static Order.Builder order() {
        return Order.newBuilder()
                .setOrderId("o_1")
                .setSubject("u_42")
                .setProduct("promoted-post")
                .setReference("post_7")
                .setAmount(2500)
                .setCurrency("USD")
                .setGatewayAccount("stripe/main")
                .setCreatedAt(Instant.parse("2026-09-01T12:00:00Z"))
                .setLive(true);
    }
}
