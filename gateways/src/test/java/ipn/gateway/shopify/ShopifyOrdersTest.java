package ipn.gateway.shopify;

import static ipn.gateway.shopify.ShopifyUnderTest.listener;
import static ipn.gateway.shopify.ShopifyUnderTest.usd;
import static org.assertj.core.api.Assertions.assertThat;

import ipn.fact.Fact;
import ipn.fact.Fact.AttemptStatus;
import ipn.fact.Fact.InvoiceStatus;
import ipn.fact.Fact.ReferenceName;
import ipn.fact.Fact.SubscriptionStatus;
import ipn.fact.Money;
import ipn.topics.Reason;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Orders, contracts and billing attempts. */
class ShopifyOrdersTest {
    private static final String CANCELLED = "'cancelled_at': '2026-09-01T08:00:00-04:00', 'cancel_reason': 'customer'";

    private static Fact.Invoice invoice(String order) {
        return listener("orders/updated").facts(Fact.Invoice.class, order).get(0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "orders/create",
                "orders/updated",
                "orders/edited",
                "orders/paid",
                "orders/fulfilled",
                "orders/partially_fulfilled",
                "orders/cancelled"
            })
    void an_order_is_read_from_its_body_whatever_its_topic(String topic) {
        assertThat(listener(topic).facts(Bodies.ORDER))
                .containsExactly(new Fact.Invoice(
                        "55",
                        InvoiceStatus.PAID,
                        Optional.empty(),
                        usd(2500),
                        usd(2500),
                        Optional.empty(),
                        Optional.empty()));
        assertThat(listener(topic).paymentId(Bodies.ORDER)).isEqualTo("55");
    }

    @ParameterizedTest
    @CsvSource({
        "pending, OPEN, 0",
        "authorized, OPEN, 0",
        "partially_paid, OPEN, 0",
        "paid, PAID, 2500",
        "partially_refunded, PAID, 2500",
        "refunded, PAID, 2500",
        "voided, VOID, 0"
    })
    void an_order_is_the_bill_of_its_transactions(String status, InvoiceStatus expected, long paid) {
        var invoice = invoice(Bodies.ORDER.replace("'paid'", "'" + status + "'"));
        assertThat(invoice.status()).isEqualTo(expected);
        assertThat(invoice.due()).isEqualTo(usd(2500));
        assertThat(invoice.paid()).isEqualTo(usd(paid));
    }

    @Test
    void what_was_cancelled_is_owed_by_nobody() {
        var facts = listener("orders/cancelled").facts(Bodies.ORDER.replace("'cancelled_at': null", CANCELLED));
        assertThat(facts).contains(new Fact.Attempt("55", AttemptStatus.CANCELED, "customer"));
        assertThat(invoice(Bodies.ORDER.replace("'cancelled_at': null", CANCELLED))
                        .status())
                .isEqualTo(InvoiceStatus.VOID);
    }

    @Test
    void an_old_body_that_is_sent_again_stays_old() {
        // the header says when it was triggered, and anybody could change it
        var replayed = listener("orders/paid").with("x-shopify-triggered-at", "2026-10-30T00:00:00Z");
        assertThat(replayed.understood(Bodies.ORDER).occurredAt()).isEqualTo(Instant.parse("2026-09-01T12:00:00Z"));
    }

    @Test
    void within_one_second_an_order_is_placed_then_paid_then_cancelled() {
        var orders = List.of(
                Bodies.ORDER.replace("'paid'", "'pending'"),
                Bodies.ORDER,
                Bodies.ORDER.replace("'cancelled_at': null", CANCELLED));
        assertThat(orders.stream()
                        .map(order ->
                                listener("orders/updated").understood(order).sequence()))
                .isSorted()
                .doesNotHaveDuplicates();
    }

    @Test
    void of_two_currencies_the_one_the_customer_paid_in_counts() {
        var abroad = Bodies.ORDER
                .replace("'presentment_currency': 'USD'", "'presentment_currency': 'EUR'")
                .replace(
                        "'presentment_money': {'amount': '25.00', 'currency_code': 'USD'}",
                        "'presentment_money': {'amount': '22.50', 'currency_code': 'EUR'}");
        assertThat(invoice(abroad).due()).isEqualTo(new Money(2250, "EUR"));
        assertThat(invoice(Bodies.ORDER.replace("total_price_set", "x")).due()).isEqualTo(usd(2500));
        assertThat(listener("orders/paid").refusal(abroad.replace("total_price_set", "x")))
                .isEqualTo(Reason.MISSING_FIELD);
    }

    @Test
    void words_are_note_attributes_or_properties_of_a_line() {
        var order = Bodies.ORDER
                .replace(
                        "'note_attributes': []",
                        "'note_attributes': [{'name': 'user_id', 'value': 'u_42'}, {'name': 'user_id', 'value': 'u_43'}, {'name': 'x'}]")
                .replace(
                        "'line_items': []",
                        "'line_items': [{'sku': 'promo-25', 'variant_id': 991, 'properties': [{'name': 'reference', 'value': 'post_7'}]}, {'sku': '', 'properties': []}]");
        assertThat(listener("orders/paid").facts(order))
                .contains(
                        new Fact.Reference(ReferenceName.SUBJECT, "u_42"),
                        new Fact.Reference(ReferenceName.REFERENCE, "post_7"),
                        new Fact.Sku("promo-25"),
                        new Fact.Sku("991"))
                .doesNotContain(new Fact.Reference(ReferenceName.SUBJECT, "u_43"), new Fact.Sku(""));
    }

    @Test
    void a_renewal_names_its_contract_in_a_note_attribute() {
        var renewal = Bodies.ORDER.replace(
                "'note_attributes': []", "'note_attributes': [{'name': 'subscription_contract_id', 'value': 14}]");
        assertThat(invoice(renewal).subscription()).contains("shopify/main/contract:14");
        assertThat(listener("subscription_contracts/update")
                        .item(Bodies.CONTRACT)
                        .paymentKey())
                .isEqualTo("shopify/main/contract:14");
        assertThat(listener("subscription_billing_attempts/success")
                        .item(Bodies.ATTEMPT)
                        .paymentKey())
                .isEqualTo("shopify/main/contract:14");
    }

    @ParameterizedTest
    @CsvSource({
        "create, active, ACTIVE",
        "update, active, ACTIVE",
        "activate, active, ACTIVE",
        "pause, paused, PAUSED",
        "cancel, cancelled, CANCELED",
        "expire, expired, EXPIRED",
        "fail, failed, UNPAID",
        "update, CANCELLED, CANCELED"
    })
    void a_contract_is_told_as_it_stands(String topic, String status, SubscriptionStatus expected) {
        var body = Bodies.CONTRACT.replace("'active'", "'" + status + "'");
        var notification = listener("subscription_contracts/" + topic).understood(body);
        assertThat(notification.facts()).containsExactly(standing(expected));
        assertThat(notification.sequence()).isEqualTo(9_551_835_239L);
        assertThat(notification.occurredAt()).isEqualTo(Instant.parse("2026-09-01T12:00:00.123Z"));
    }

    @Test
    void a_billing_attempt_says_how_the_contract_stands() {
        var failed = Bodies.ATTEMPT.replace("'error_code': null", "'error_code': 'payment_method_declined'");
        assertThat(listener("subscription_billing_attempts/success").facts(Bodies.ATTEMPT))
                .containsExactly(standing(SubscriptionStatus.ACTIVE));
        assertThat(listener("subscription_billing_attempts/failure").facts(failed))
                .containsExactly(standing(SubscriptionStatus.PAST_DUE));
        assertThat(listener("subscription_billing_attempts/challenged").facts(Bodies.ATTEMPT))
                .containsExactly(new Fact.Attempt("k_1", AttemptStatus.PENDING, "challenged"));
    }

    private static Fact standing(SubscriptionStatus status) {
        return new Fact.Subscription("14", status, Optional.empty(), Optional.empty(), false, Optional.empty());
    }
}
