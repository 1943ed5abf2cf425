package ipn.gateway.razorpay;

import static ipn.gateway.razorpay.RazorpayPaymentsTest.PAYMENT;
import static ipn.gateway.razorpay.RazorpayPaymentsTest.entity;
import static ipn.gateway.razorpay.RazorpayPaymentsTest.event;
import static ipn.gateway.razorpay.RazorpayUnderTest.inr;
import static org.assertj.core.api.Assertions.assertThat;

import ipn.conformance.Listener;
import ipn.fact.Fact;
import ipn.fact.Fact.InvoiceStatus;
import ipn.fact.Fact.ReferenceName;
import ipn.fact.Fact.SubscriptionStatus;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RazorpaySubscriptionsTest {
    private static final Listener ACCOUNT = RazorpayUnderTest.listener();
    private static final Instant START = Instant.ofEpochSecond(1_788_264_000);
    private static final Instant END = Instant.ofEpochSecond(1_790_856_000);
    private static final String SUBSCRIPTION =
            "{'id': 'sub_1', 'plan_id': 'plan_1', 'status': 'active', 'current_start': 1788264000, 'current_end': 1790856000, 'notes': {'user_id': 'u_42'}}";

    @ParameterizedTest
    @CsvSource({
        "authenticated, authenticated, PENDING",
        "activated, active, ACTIVE",
        "resumed, active, ACTIVE",
        "pending, pending, PAST_DUE",
        "halted, halted, UNPAID",
        "paused, paused, PAUSED",
        "cancelled, cancelled, CANCELED",
        "updated, active, ACTIVE",
        "updated, halted, UNPAID",
        "updated, created, PENDING",
        "updated, pending, PAST_DUE",
        "updated, paused, PAUSED",
        "updated, cancelled, CANCELED"
    })
    void a_subscription_stands_as_its_event_says(String type, String status, SubscriptionStatus expected) {
        var body = event(
                "subscription." + type, entity("subscription", SUBSCRIPTION.replace("'active'", "'" + status + "'")));
        assertThat(ACCOUNT.facts(body))
                .containsExactly(
                        new Fact.Subscription(
                                "sub_1", expected, Optional.of(END), Optional.empty(), false, Optional.empty()),
                        new Fact.Reference(ReferenceName.SUBJECT, "u_42"),
                        new Fact.Sku("plan_1"));
        assertThat(ACCOUNT.paymentId(body)).isEqualTo("sub_1");
    }

    @Test
    void complete_with_its_last_invoice_it_lasts_until_what_was_paid_runs_out() {
        var body = event("subscription.completed", entity("subscription", SUBSCRIPTION));
        assertThat(ACCOUNT.facts(Fact.Subscription.class, body))
                .containsExactly(new Fact.Subscription(
                        "sub_1",
                        SubscriptionStatus.ACTIVE,
                        Optional.of(END),
                        Optional.empty(),
                        true,
                        Optional.of(END)));
        var over = body.replace("'created_at': 1788264000", "'created_at': 1790856000");
        assertThat(ACCOUNT.facts(Fact.Subscription.class, over).get(0).status()).isEqualTo(SubscriptionStatus.EXPIRED);
    }

    @Test
    void a_charge_is_a_payment_that_pays_for_a_period() {
        var payment = PAYMENT.replace("'fee'", "'invoice_id': 'inv_1', 'fee'");
        var body = event(RazorpayKeys.CHARGED, entity("subscription", SUBSCRIPTION) + "," + entity("payment", payment));
        assertThat(ACCOUNT.paymentId(body)).isEqualTo("pay_1");
        assertThat(ACCOUNT.facts(body))
                .contains(
                        new Fact.Captured("pay_1", inr(50_000), Optional.of(inr(1180))),
                        new Fact.Invoice(
                                "inv_1",
                                InvoiceStatus.PAID,
                                Optional.of("razorpay/main/sub_1"),
                                inr(50_000),
                                inr(50_000),
                                Optional.of(START),
                                Optional.of(END)),
                        new Fact.Reference(ReferenceName.SUBJECT, "u_42"),
                        new Fact.Sku("plan_1"));
        assertThat(ACCOUNT.facts(Fact.Invoice.class, body.replace("'inv_1'", "null"))
                        .get(0)
                        .id())
                .isEqualTo("pay_1");
    }
}
