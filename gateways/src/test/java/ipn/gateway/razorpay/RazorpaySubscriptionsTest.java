package ipn.gateway.razorpay;

import static ipn.gateway.razorpay.RazorpayPaymentsTest.PAYMENT;
import static ipn.gateway.razorpay.RazorpayPaymentsTest.entity;
import static ipn.gateway.razorpay.RazorpayPaymentsTest.event;
import static ipn.gateway.razorpay.RazorpayUnderTest.inr;
import static org.assertj.core.api.Assertions.assertThat;

import ipn.conformance.Listener;
import ipn.fact.Fact;
import ipn.fact.Fact.InvoiceReason;
import ipn.fact.Fact.InvoiceStatus;
import ipn.fact.Fact.ReferenceName;
import ipn.fact.Fact.SubscriptionStatus;
import ipn.gateway.Word;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RazorpaySubscriptionsTest {
    private static final Listener ACCOUNT = RazorpayUnderTest.listener();
    private static final Instant START = Instant.ofEpochSecond(1_788_264_000);
    private static final Instant END = Instant.ofEpochSecond(1_790_856_000);
    private static final String SUBSCRIPTION =
            "{'id': 'sub_1', 'plan_id': 'plan_1', 'status': 'active', 'current_start': 1788264000, 'current_end': 1790856000, 'notes': {'user_id': 'u_42'}}";

    private static final Fact.Line LINE =
            Fact.Line.of(List.of("plan_1"), 1, 50_000).withPeriod(Optional.of(START), Optional.of(END));

    @ParameterizedTest
    @CsvSource({
        "authenticated, authenticated, PENDING",
        "activated, active, ACTIVE",
        "resumed, active, ACTIVE",
        "pending, pending, PAST_DUE",
        "halted, halted, UNPAID",
        "paused, paused, PAUSED",
        "updated, active, ACTIVE",
        "updated, halted, UNPAID",
        "updated, created, PENDING",
        "updated, pending, PAST_DUE",
        "updated, paused, PAUSED"
    })
    void a_subscription_stands_as_its_event_says(String type, String status, SubscriptionStatus expected) {
        var body = event(
                "subscription." + type, entity("subscription", SUBSCRIPTION.replace("'active'", "'" + status + "'")));
        assertThat(ACCOUNT.facts(body))
                .containsExactly(
                        new Fact.Subscription(
                                        "sub_1", expected, Optional.of(END), Optional.empty(), false, Optional.empty())
                                .withItems(List.of(List.of("plan_1"))),
                        new Fact.Reference(ReferenceName.SUBJECT, "u_42"),
                        new Fact.Sku("plan_1"));
        assertThat(ACCOUNT.paymentId(body)).isEqualTo("sub_1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"subscription.cancelled", "subscription.updated"})
    void canceled_at_once_it_is_canceled_whatever_is_paid(String type) {
        var body = event(type, entity("subscription", SUBSCRIPTION.replace("'active'", "'cancelled'")));

        assertThat(ACCOUNT.facts(Fact.Subscription.class, body))
                .containsExactly(new Fact.Subscription(
                                "sub_1",
                                SubscriptionStatus.CANCELED,
                                Optional.of(END),
                                Optional.empty(),
                                false,
                                Optional.empty())
                        .withItems(List.of(List.of("plan_1"))));
        var unpaid = body.replace("'current_end': 1790856000", "'current_end': null");
        assertThat(ACCOUNT.facts(Fact.Subscription.class, unpaid).get(0).status())
                .isEqualTo(SubscriptionStatus.CANCELED);
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
                                Optional.of(END))
                        .withItems(List.of(List.of("plan_1"))));
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
                                        Optional.of(END))
                                .with(new Fact.Breakdown(InvoiceReason.OTHER, 0, 0, 0, List.of(LINE))),
                        new Fact.Reference(ReferenceName.SUBJECT, "u_42"),
                        new Fact.Sku("plan_1"));
        assertThat(ACCOUNT.facts(Fact.Invoice.class, body.replace("'inv_1'", "null"))
                        .get(0)
                        .id())
                .isEqualTo("pay_1");
    }

    @Test
    void an_offer_reduces_a_charge_by_an_unknown_amount() {
        var offered = charged("'offer_id': 'offer_1', 'quantity': 2, 'paid_count': 1,");

        assertThat(offered.reason()).isEqualTo(InvoiceReason.FIRST);
        assertThat(offered.lines()).hasSize(1);
        assertThat(offered.lines().get(0).discountName()).contains("offer_1");
        assertThat(offered.lines().get(0).discount()).isZero();
        assertThat(offered.lines().get(0).quantity()).isEqualTo(2);
        assertThat(charged("'offer_id': null, 'paid_count': 2,").reason()).isEqualTo(InvoiceReason.RENEWAL);
        assertThat(charged("'offer_id': null,").lines()).containsExactly(LINE);
    }

    @Test
    void a_payment_of_the_checkout_has_no_line_because_its_notes_come_from_the_browser() {
        assertThat(ACCOUNT.facts(event("payment.captured", entity("payment", PAYMENT))))
                .anyMatch(Fact.Captured.class::isInstance)
                .noneMatch(Fact.Invoice.class::isInstance);
        assertThat(new RazorpayGateway().payerWords())
                .containsExactlyInAnyOrder(Word.ORDER, Word.SUBJECT, Word.PRODUCT, Word.REFERENCE);
    }

    private static Fact.Breakdown charged(String fields) {
        var subscription = SUBSCRIPTION.replace("'plan_id'", fields + "'plan_id'");
        var body = event(RazorpayKeys.CHARGED, entity("subscription", subscription) + "," + entity("payment", PAYMENT));
        return ACCOUNT.facts(Fact.Invoice.class, body).get(0).breakdown().orElseThrow();
    }
}
