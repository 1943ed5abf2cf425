package ipn.gateway.square;

import static ipn.gateway.square.SquarePaymentsTest.event;
import static ipn.gateway.square.SquareUnderTest.usd;
import static org.assertj.core.api.Assertions.assertThat;

import ipn.conformance.Listener;
import ipn.fact.Fact;
import ipn.fact.Fact.InvoiceStatus;
import ipn.fact.Fact.ReferenceName;
import ipn.fact.Fact.SubscriptionStatus;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Subscriptions and invoices. */
class SquareBillingTest {
    private static final Listener ACCOUNT = SquareUnderTest.listener(", subject: customer-id");
    private static final String SUBSCRIPTION =
            "{'id': 'sub_1', 'customer_id': 'CUST_1', 'plan_variation_id': 'PLAN_1', 'status': 'ACTIVE', 'charged_through_date': '2026-10-01', 'version': 1788264000054}";
    private static final Instant CHARGED_THROUGH = Instant.parse("2026-10-01T00:00:00Z");

    @ParameterizedTest
    @CsvSource({"PENDING, PENDING", "ACTIVE, ACTIVE", "PAUSED, PAUSED", "DEACTIVATED, PAST_DUE", "CANCELED, CANCELED"})
    void a_subscription_is_told_as_it_stands(String status, SubscriptionStatus expected) {
        for (var type : new String[] {"subscription.created", "subscription.updated"}) {
            assertThat(ACCOUNT.facts(event(type, SUBSCRIPTION.replace("ACTIVE", status))))
                    .containsExactly(
                            new Fact.Subscription(
                                            "sub_1",
                                            expected,
                                            Optional.of(CHARGED_THROUGH),
                                            Optional.empty(),
                                            false,
                                            Optional.empty())
                                    .withItems(List.of(List.of("PLAN_1"))),
                            new Fact.Reference(ReferenceName.SUBJECT, "CUST_1"),
                            new Fact.Sku("PLAN_1"));
        }
    }

    @Test
    void a_free_first_phase_is_no_trial() {
        var phased = standing(
                "'status'", "'phases': [{'uid': 'p_1', 'ordinal': 0}, {'uid': 'p_2', 'ordinal': 1}], 'status'");
        assertThat(phased.status()).isEqualTo(SubscriptionStatus.ACTIVE);
        assertThat(phased.trialEnd()).isEmpty();
    }

    private static Fact.Subscription standing(String from, String to) {
        assertThat(SUBSCRIPTION).contains(from);
        return ACCOUNT.facts(Fact.Subscription.class, event("subscription.updated", SUBSCRIPTION.replace(from, to)))
                .get(0);
    }

    @Test
    void a_cancellation_planned_for_a_day_leaves_it_active_until_then() {
        var planned = standing("'status'", "'canceled_date': '2026-09-20', 'timezone': 'America/New_York', 'status'");
        assertThat(planned.status()).isEqualTo(SubscriptionStatus.ACTIVE);
        assertThat(planned.cancelScheduled()).isTrue();
        assertThat(planned.cancelAt()).contains(Instant.parse("2026-09-20T04:00:00Z"));
        assertThat(standing("'status'", "'canceled_date': '2026-08-20', 'status'")
                        .cancelScheduled())
                .isFalse();
    }

    @Test
    void after_its_last_phase_it_lasts_until_the_day_it_is_charged_to() {
        var complete = standing("ACTIVE", "COMPLETED");
        assertThat(complete.status()).isEqualTo(SubscriptionStatus.ACTIVE);
        assertThat(complete.cancelAt()).contains(CHARGED_THROUGH);
        assertThat(standing("'ACTIVE', 'charged_through_date': '2026-10-01'", "'COMPLETED'")
                        .status())
                .isEqualTo(SubscriptionStatus.EXPIRED);
    }

    private static final String INVOICE =
            "{'id': 'inv:0-1', 'order_id': 'o_1', 'subscription_id': 'sub_1', 'version': 3, 'status': 'PAID', 'title': 'Premium', 'primary_recipient': {'customer_id': 'CUST_1'}, 'payment_requests': [{'computed_amount_money': {'amount': 800, 'currency': 'USD'}, 'total_completed_amount_money': {'amount': 800, 'currency': 'USD'}}], 'updated_at': '2026-09-01T12:00:00Z'}";

    private static Fact.Invoice invoice(String type, String from, String to) {
        assertThat(INVOICE).contains(from);
        return ACCOUNT.facts(Fact.Invoice.class, event(type, INVOICE.replace(from, to)))
                .get(0);
    }

    @ParameterizedTest
    @CsvSource({
        "invoice.created, DRAFT, OPEN",
        "invoice.published, UNPAID, OPEN",
        "invoice.published, SCHEDULED, OPEN",
        "invoice.updated, PAYMENT_PENDING, OPEN",
        "invoice.payment_made, PARTIALLY_PAID, OPEN",
        "invoice.payment_made, PAID, PAID",
        "invoice.refunded, PARTIALLY_REFUNDED, PAID",
        "invoice.refunded, REFUNDED, VOID",
        "invoice.canceled, CANCELED, VOID",
        "invoice.updated, FAILED, VOID",
        "invoice.scheduled_charge_failed, UNPAID, FAILED",
        "invoice.scheduled_charge_failed, SCHEDULED, FAILED"
    })
    void an_invoice_is_a_bill_as_it_stands(String type, String status, InvoiceStatus expected) {
        assertThat(invoice(type, "PAID", status).status()).isEqualTo(expected);
    }

    @Test
    void a_renewal_is_a_bill_of_the_subscription_that_meets_its_payments_at_the_order() {
        var body = event("invoice.payment_made", INVOICE);
        assertThat(ACCOUNT.paymentId(body)).isEqualTo("o_1");
        assertThat(ACCOUNT.facts(body))
                .containsExactly(
                        new Fact.Invoice(
                                "inv:0-1",
                                InvoiceStatus.PAID,
                                Optional.of("square/main/sub_1"),
                                usd(800),
                                usd(800),
                                Optional.empty(),
                                Optional.empty()),
                        new Fact.Reference(ReferenceName.SUBJECT, "CUST_1"),
                        new Fact.Sku("Premium"));
        assertThat(ACCOUNT.paymentId(body.replace("'order_id'", "'x'"))).isEqualTo("inv:0-1");
    }

    @Test
    void an_invoice_has_no_lines_because_square_keeps_them_in_its_order() {
        assertThat(invoice("invoice.payment_made", "'status'", "'status'").breakdown())
                .isEmpty();
        assertThat(new SquareGateway().payerWords()).isEmpty();
    }

    @Test
    void an_invoice_may_be_paid_in_parts() {
        var part =
                "{'computed_amount_money': {'amount': 300, 'currency': 'USD'}, 'total_completed_amount_money': {'amount': 0, 'currency': 'USD'}}";
        var invoice = invoice("invoice.payment_made", "'payment_requests': [", "'payment_requests': [" + part + ", ");
        assertThat(invoice.due()).isEqualTo(usd(1100));
        assertThat(invoice.paid()).isEqualTo(usd(800));
    }

    @Test
    void one_that_belongs_to_no_subscription_is_a_bill_all_the_same() {
        assertThat(invoice("invoice.payment_made", "'subscription_id'", "'x'").subscription())
                .isEmpty();
    }

    @Test
    void a_charge_that_failed_outranks_the_invoice_it_is_about() {
        var open = INVOICE.replace("PAID", "UNPAID");
        assertThat(ACCOUNT.understood(event("invoice.scheduled_charge_failed", open))
                        .sequence())
                .isGreaterThan(
                        ACCOUNT.understood(event("invoice.published", open)).sequence());
    }
}
