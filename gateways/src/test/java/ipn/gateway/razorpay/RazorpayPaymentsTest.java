package ipn.gateway.razorpay;

import static ipn.gateway.razorpay.RazorpayUnderTest.inr;
import static org.assertj.core.api.Assertions.assertThat;

import ipn.conformance.Listener;
import ipn.fact.Fact;
import ipn.fact.Fact.AttemptStatus;
import ipn.fact.Fact.DisputeMovement;
import ipn.fact.Fact.DisputeStatus;
import ipn.fact.Fact.ReferenceName;
import ipn.fact.Fact.RefundStatus;
import ipn.fact.Money;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Payments, refunds and disputes. */
class RazorpayPaymentsTest {
    private static final Listener ACCOUNT = RazorpayUnderTest.listener();
    static final String PAYMENT =
            "{'id': 'pay_1', 'amount': 50000, 'currency': 'INR', 'status': 'captured', 'captured': true, 'fee': 1180, 'notes': []}";

    static String event(String type, String payload) {
        return "{'event': '%s', 'account_id': 'acc_1', 'created_at': 1788264000, 'payload': {%s}}"
                .formatted(type, payload);
    }

    static String entity(String name, String entity) {
        return "'%s': {'entity': %s}".formatted(name, entity);
    }

    private static String payment(String type, String payment) {
        return event(type, entity("payment", payment));
    }

    @ParameterizedTest
    @ValueSource(strings = {"payment.captured", "order.paid", "invoice.paid", "invoice.partially_paid"})
    void whatever_event_tells_of_a_capture_it_is_the_same_fact(String type) {
        assertThat(ACCOUNT.facts(payment(type, PAYMENT)))
                .containsExactly(new Fact.Captured("pay_1", inr(50_000), Optional.of(inr(1180))));
        assertThat(ACCOUNT.paymentId(payment(type, PAYMENT))).isEqualTo("pay_1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "'1'", "1", "'true'"})
    void captured_is_written_in_several_ways(String captured) {
        var body = payment("payment.captured", PAYMENT.replace("'captured': true", "'captured': " + captured));
        assertThat(ACCOUNT.facts(Fact.Captured.class, body)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'status': 'captured'",
                "'status': 'refunded', 'captured': true",
                "'status': 'refunded'",
                "'captured': true"
            })
    void flag_or_status_may_be_absent(String said) {
        var body = payment("payment.captured", PAYMENT.replace("'status': 'captured', 'captured': true", said));
        assertThat(ACCOUNT.facts(Fact.Captured.class, body)).hasSize(1);
    }

    @Test
    void notes_are_a_list_when_empty_and_an_object_otherwise() {
        assertThat(ACCOUNT.facts(Fact.Reference.class, payment("payment.captured", PAYMENT)))
                .isEmpty();
        var noted = PAYMENT.replace("'notes': []", "'notes': {'order_id': 'ord_1', 'user_id': 42}");
        assertThat(ACCOUNT.facts(Fact.Reference.class, payment("payment.captured", noted)))
                .containsExactly(
                        new Fact.Reference(ReferenceName.ORDER, "ord_1"),
                        new Fact.Reference(ReferenceName.SUBJECT, "42"));
    }

    @Test
    void an_order_adds_its_notes_and_its_receipt() {
        var order = entity("order", "{'id': 'order_1', 'receipt': 'ord_1', 'notes': {'user_id': 'u_42'}}");
        assertThat(ACCOUNT.facts(Fact.Reference.class, event("order.paid", entity("payment", PAYMENT) + "," + order)))
                .containsExactlyInAnyOrder(
                        new Fact.Reference(ReferenceName.ORDER, "ord_1"),
                        new Fact.Reference(ReferenceName.SUBJECT, "u_42"));
        var named = order.replace("'user_id': 'u_42'", "'order_id': 'ord_2'");
        assertThat(ACCOUNT.facts(Fact.Reference.class, event("order.paid", entity("payment", PAYMENT) + "," + named)))
                .containsExactly(new Fact.Reference(ReferenceName.ORDER, "ord_2"));
    }

    @Test
    void a_fee_is_told_unless_the_payment_was_converted() {
        var same = PAYMENT.replace("'fee'", "'base_amount': 50000, 'fee'");
        assertThat(ACCOUNT.facts(Fact.Captured.class, payment("payment.captured", same))
                        .get(0)
                        .fee())
                .contains(inr(1180));
        var dollars = PAYMENT.replace("INR", "USD").replace("'fee'", "'base_amount': 4200000, 'fee'");
        assertThat(ACCOUNT.facts(Fact.Captured.class, payment("payment.captured", dollars))
                        .get(0)
                        .fee())
                .isEmpty();
        var late = PAYMENT.replace("'fee': 1180", "'fee': null");
        assertThat(ACCOUNT.facts(Fact.Captured.class, payment("payment.captured", late))
                        .get(0)
                        .fee())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"INR, 295, 295", "JPY, 295, 295", "KWD, 1230, 1230", "BHD, 10, 10"})
    void amounts_are_in_the_smallest_unit_of_each_currency(String currency, long units, long minorUnits) {
        var body = payment(
                "payment.authorized",
                PAYMENT.replace("50000", Long.toString(units)).replace("INR", currency));
        assertThat(ACCOUNT.facts(body)).contains(new Fact.Authorized("pay_1", new Money(minorUnits, currency)));
    }

    @Test
    void a_payment_that_waits_or_fails_is_an_attempt_with_its_reason() {
        assertThat(ACCOUNT.facts(payment("payment.pending", PAYMENT)))
                .containsExactly(new Fact.Attempt("pay_1", AttemptStatus.PENDING, ""));
        var failed = PAYMENT.replace(
                "'fee'", "'error_code': 'BAD_REQUEST_ERROR', 'error_reason': 'payment_timed_out', 'fee'");
        assertThat(ACCOUNT.facts(payment("payment.failed", failed)))
                .containsExactly(new Fact.Attempt("pay_1", AttemptStatus.FAILED, "payment_timed_out"));
        assertThat(ACCOUNT.facts(payment("payment.failed", failed.replace("'payment_timed_out'", "null"))))
                .containsExactly(new Fact.Attempt("pay_1", AttemptStatus.FAILED, "BAD_REQUEST_ERROR"));
    }

    @Test
    void a_late_authorization_is_about_the_payment_that_had_failed() {
        // an attempt never outranks money taken, whatever comes first
        assertThat(ACCOUNT.paymentId(payment("payment.captured", PAYMENT)))
                .isEqualTo(ACCOUNT.paymentId(payment("payment.failed", PAYMENT)));
    }

    private static String refund(String type, String status, String more) {
        var refund =
                "{'id': 'rfnd_1', 'amount': 20000, 'currency': 'INR', 'payment_id': 'pay_1', 'status': '%s', 'notes': {'order_id': 'x'}}"
                        .formatted(status);
        return event(type, entity("refund", refund) + more);
    }

    @ParameterizedTest
    @CsvSource({
        "refund.created, pending, PENDING",
        "refund.created, processed, SUCCEEDED",
        "refund.processed, processed, SUCCEEDED",
        "refund.speed_changed, pending, PENDING",
        "refund.failed, failed, FAILED",
        "refund.failed, processed, FAILED"
    })
    void a_refund_is_told_as_it_stands(String type, String status, RefundStatus expected) {
        assertThat(ACCOUNT.facts(refund(type, status, "")))
                .containsExactly(new Fact.Refund("rfnd_1", inr(20_000), expected));
        assertThat(ACCOUNT.paymentId(refund(type, status, ""))).isEqualTo("pay_1");
    }

    @Test
    void beside_the_refund_stands_the_sum_of_all_unless_this_one_failed() {
        var paid = "," + entity("payment", PAYMENT.replace("'fee'", "'amount_refunded': 30000, 'fee'"));
        assertThat(ACCOUNT.facts(refund("refund.processed", "processed", paid)))
                .contains(new Fact.RefundTotal("pay_1", inr(30_000)));
        assertThat(ACCOUNT.facts(refund("refund.failed", "failed", paid)))
                .containsExactly(new Fact.Refund("rfnd_1", inr(20_000), RefundStatus.FAILED));
    }

    @Test
    void of_two_totals_of_one_second_the_larger_counts_and_a_refund_only_moves_on() {
        var small = "," + entity("payment", PAYMENT.replace("'fee'", "'amount_refunded': 20000, 'fee'"));
        var large = "," + entity("payment", PAYMENT.replace("'fee'", "'amount_refunded': 30000, 'fee'"));
        var sequences = List.of(
                ACCOUNT.understood(refund("refund.created", "pending", small)).sequence(),
                ACCOUNT.understood(refund("refund.processed", "processed", small))
                        .sequence(),
                ACCOUNT.understood(refund("refund.created", "pending", large)).sequence());
        assertThat(sequences).isSorted().doesNotHaveDuplicates();
    }

    private static String dispute(String type, String phase, long deducted) {
        var dispute =
                "{'id': 'disp_1', 'payment_id': 'pay_1', 'amount': 50000, 'currency': 'INR', 'amount_deducted': %s, 'reason_code': 'why', 'phase': '%s'}"
                        .formatted(Long.toString(deducted), phase);
        return event("payment.dispute." + type, entity("dispute", dispute));
    }

    @ParameterizedTest
    @CsvSource({
        "created, chargeback, OPEN",
        "created, pre_arbitration, OPEN",
        "created, arbitration, OPEN",
        "created, retrieval, INQUIRY",
        "created, fraud, INQUIRY",
        "under_review, chargeback, OPEN",
        "action_required, chargeback, OPEN",
        "action_required, retrieval, INQUIRY",
        "won, chargeback, WON",
        "lost, chargeback, LOST",
        "lost, fraud, LOST",
        "closed, retrieval, CLOSED"
    })
    void a_dispute_is_as_serious_as_its_phase(String type, String phase, DisputeStatus expected) {
        assertThat(ACCOUNT.facts(Fact.Dispute.class, dispute(type, phase, 0)))
                .containsExactly(new Fact.Dispute(
                        "disp_1", Optional.of(inr(50_000)), expected, "why", expected == DisputeStatus.OPEN));
        assertThat(ACCOUNT.paymentId(dispute(type, phase, 0))).isEqualTo("pay_1");
    }

    @ParameterizedTest
    @CsvSource({"created, true", "under_review, true", "lost, true", "won, false", "closed, false"})
    void a_suspicion_of_fraud_raises_a_flag_until_it_is_cleared(String type, boolean raised) {
        assertThat(ACCOUNT.facts(Fact.FraudFlag.class, dispute(type, "fraud", 0)))
                .containsExactly(new Fact.FraudFlag("disp_1", raised, "why"));
        assertThat(ACCOUNT.facts(Fact.FraudFlag.class, dispute(type, "chargeback", 0)))
                .isEmpty();
    }

    @Test
    void money_that_was_deducted_is_told() {
        assertThat(ACCOUNT.facts(Fact.DisputeFunds.class, dispute("created", "chargeback", 50_000)))
                .containsExactly(new Fact.DisputeFunds("disp_1", inr(50_000), DisputeMovement.WITHDRAWN));
    }
}
