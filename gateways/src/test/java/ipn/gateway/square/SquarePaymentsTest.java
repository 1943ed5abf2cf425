package ipn.gateway.square;

import static ipn.gateway.square.SquareUnderTest.usd;
import static org.assertj.core.api.Assertions.assertThat;

import ipn.conformance.Listener;
import ipn.fact.Fact;
import ipn.fact.Fact.AttemptStatus;
import ipn.fact.Fact.DisputeStatus;
import ipn.fact.Fact.LinkKind;
import ipn.fact.Fact.ReferenceName;
import ipn.fact.Fact.RefundStatus;
import ipn.fact.Money;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Payments, refunds and disputes. */
class SquarePaymentsTest {
    private static final Listener ACCOUNT = SquareUnderTest.listener("");
    static final String PAYMENT =
            "{'id': 'pay_1', 'updated_at': '2026-09-01T12:00:00.831Z', 'total_money': {'amount': 2500, 'currency': 'USD'}, 'status': 'COMPLETED', 'order_id': 'o_1', 'reference_id': 'ord_1', 'note': 'thank you'}";

    static String event(String type, String object) {
        var kind = type.substring(0, type.indexOf('.'));
        return "{'merchant_id': 'M1', 'type': '%s', 'event_id': 'evt_1', 'created_at': '2026-09-01T12:00:01Z', 'data': {'type': 'x', 'id': 'd_1', 'object': {'%s': %s}}}"
                .formatted(type, kind, object);
    }

    private static String payment(String from, String to) {
        assertThat(PAYMENT).contains(from);
        return event("payment.updated", PAYMENT.replace(from, to));
    }

    @ParameterizedTest
    @CsvSource({"PENDING, PENDING", "FAILED, FAILED", "CANCELED, CANCELED"})
    void a_payment_that_took_nothing_is_an_attempt(String status, AttemptStatus expected) {
        assertThat(ACCOUNT.facts(payment("COMPLETED", status))).contains(new Fact.Attempt("pay_1", expected, ""));
    }

    @Test
    void a_payment_approved_for_later_is_authorized() {
        assertThat(ACCOUNT.facts(payment("COMPLETED", "APPROVED"))).contains(new Fact.Authorized("pay_1", usd(2500)));
    }

    @Test
    void the_same_payment_is_told_again_once_its_fee_is_known() {
        var before = ACCOUNT.understood(event("payment.updated", PAYMENT));
        var after = ACCOUNT.understood(
                payment(
                        "'status'",
                        "'processing_fee': [{'amount_money': {'amount': 103, 'currency': 'USD'}}, {'amount_money': {'amount': -3, 'currency': 'USD'}}], 'status'"));
        assertThat(before.facts()).contains(new Fact.Captured("pay_1", usd(2500), Optional.empty()));
        assertThat(after.facts()).contains(new Fact.Captured("pay_1", usd(2500), Optional.of(usd(100))));
        assertThat(after.occurredAt()).isEqualTo(before.occurredAt());
        assertThat(after.sequence()).isGreaterThan(before.sequence());
    }

    @ParameterizedTest
    @CsvSource({"103, CAD", "-3, USD"})
    void a_fee_in_another_currency_or_below_nothing_is_not_told(String amount, String currency) {
        var body = payment(
                "'status'",
                "'processing_fee': [{'amount_money': {'amount': %s, 'currency': '%s'}}], 'status'"
                        .formatted(amount, currency));
        assertThat(ACCOUNT.facts(body)).contains(new Fact.Captured("pay_1", usd(2500), Optional.empty()));
    }

    @Test
    void what_was_refunded_is_summed_up_by_square() {
        var refunded = "'refunded_money': {'amount': 1000, 'currency': 'USD'}, 'status'";
        assertThat(ACCOUNT.facts(payment("'status'", refunded))).contains(new Fact.RefundTotal("pay_1", usd(1000)));
        assertThat(ACCOUNT.facts(Fact.RefundTotal.class, event("payment.updated", PAYMENT)))
                .isEmpty();
        assertThat(ACCOUNT.understood(payment("'status'", refunded.replace("1000", "2000")))
                        .sequence())
                .isGreaterThan(ACCOUNT.understood(payment("'status'", refunded)).sequence());
    }

    @Test
    void a_payment_is_as_new_as_its_last_change_and_not_as_its_event() {
        assertThat(ACCOUNT.understood(event("payment.updated", PAYMENT)).occurredAt())
                .isEqualTo(Instant.parse("2026-09-01T12:00:00.831Z"));
        assertThat(ACCOUNT.understood(payment("'updated_at'", "'x'")).occurredAt())
                .isEqualTo(Instant.parse("2026-09-01T12:00:01Z"));
    }

    @ParameterizedTest
    @CsvSource({"HIGH, true", "MODERATE, false", "NORMAL, false"})
    void a_high_risk_raises_a_flag_and_any_other_lowers_it(String level, boolean raised) {
        for (var status : List.of("APPROVED", "COMPLETED")) {
            assertThat(ACCOUNT.facts(Fact.FraudFlag.class, risk(level).replace("COMPLETED", status)))
                    .containsExactly(new Fact.FraudFlag("pay_1", raised, level));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"PENDING", "UNHEARD_OF", ""})
    void a_risk_not_yet_known_says_nothing(String level) {
        assertThat(ACCOUNT.facts(Fact.FraudFlag.class, risk(level))).isEmpty();
        assertThat(ACCOUNT.facts(Fact.FraudFlag.class, event("payment.updated", PAYMENT)))
                .isEmpty();
    }

    private static String risk(String level) {
        return payment("'status'", "'risk_evaluation': {'risk_level': '" + level + "'}, 'status'");
    }

    @Test
    void a_payment_of_an_invoice_settles_the_order_of_the_invoice() {
        var link = new Fact.Link(LinkKind.PAYS, "square/main/o_1");
        assertThat(ACCOUNT.facts(Fact.Link.class, event("payment.updated", PAYMENT)))
                .isEmpty();
        assertThat(ACCOUNT.facts(
                        payment("'status'", "'application_details': {'square_product': 'INVOICES'}, 'status'")))
                .contains(link);
        assertThat(ACCOUNT.facts(payment(", 'reference_id': 'ord_1', 'note': 'thank you'", "")))
                .contains(link);
        assertThat(ACCOUNT.facts(
                        Fact.Link.class,
                        payment("'status'", "'application_details': {'square_product': 'ECOMMERCE_API'}, 'status'")))
                .isEmpty();
    }

    @Test
    void words_may_be_packed_into_the_note() {
        assertThat(ACCOUNT.facts(
                        Fact.Reference.class, payment("thank you", "user_id=u_42&product=premium&reference=post_7")))
                .containsExactlyInAnyOrder(
                        new Fact.Reference(ReferenceName.ORDER, "ord_1"),
                        new Fact.Reference(ReferenceName.SUBJECT, "u_42"),
                        new Fact.Reference(ReferenceName.PRODUCT, "premium"),
                        new Fact.Reference(ReferenceName.REFERENCE, "post_7"));
        assertThat(ACCOUNT.facts(Fact.Reference.class, payment("thank you", "order_id=ord_2")))
                .containsExactly(new Fact.Reference(ReferenceName.ORDER, "ord_2"));
    }

    @Test
    void whom_a_payment_is_for_is_said_by_the_setting() {
        var body = payment("'status'", "'customer_id': 'CUST_1', 'status'");
        assertThat(subject(ACCOUNT, body)).isEmpty();
        assertThat(subject(SquareUnderTest.listener(", subject: customer-id"), body))
                .containsExactly(new Fact.Reference(ReferenceName.SUBJECT, "CUST_1"));
        assertThat(subject(SquareUnderTest.listener(", subject: note"), body))
                .containsExactly(new Fact.Reference(ReferenceName.SUBJECT, "thank you"));
        assertThat(subject(
                        SquareUnderTest.listener(", subject: customer-id"), body.replace("thank you", "user_id=u_42")))
                .containsExactly(new Fact.Reference(ReferenceName.SUBJECT, "u_42"));
    }

    private static List<Fact> subject(Listener account, String body) {
        return account.facts(body).stream()
                .filter(fact -> fact instanceof Fact.Reference reference && reference.name() == ReferenceName.SUBJECT)
                .toList();
    }

    @ParameterizedTest
    @CsvSource({"USD, 2500", "JPY, 2500", "KWD, 2500"})
    void amounts_are_in_the_smallest_unit_of_each_currency(String currency, long minorUnits) {
        assertThat(ACCOUNT.understood(payment("USD", currency)).amount()).contains(new Money(minorUnits, currency));
    }

    @ParameterizedTest
    @CsvSource({
        "refund.created, PENDING, PENDING",
        "refund.updated, COMPLETED, SUCCEEDED",
        "refund.updated, REJECTED, CANCELED",
        "refund.updated, FAILED, FAILED"
    })
    void a_refund_is_told_as_it_stands_at_its_payment(String type, String status, RefundStatus expected) {
        var body = event(
                type,
                "{'id': 'pay_1_r', 'payment_id': 'pay_1', 'order_id': 'o_2', 'status': '%s', 'amount_money': {'amount': 1000, 'currency': 'USD'}, 'updated_at': '2026-09-01T12:00:00Z'}"
                        .formatted(status));
        assertThat(ACCOUNT.facts(body)).containsExactly(new Fact.Refund("pay_1_r", usd(1000), expected));
        assertThat(ACCOUNT.paymentId(body)).isEqualTo("pay_1");
        assertThat(ACCOUNT.paymentId(body.replace("'payment_id'", "'x'"))).isEqualTo("pay_1_r");
    }

    private static String dispute(String type, String state, long version) {
        return event(
                type,
                "{'id': 'dis_1', 'state': '%s', 'version': %s, 'reason': 'NO_KNOWLEDGE', 'amount_money': {'amount': 2500, 'currency': 'USD'}, 'disputed_payment': {'payment_id': 'pay_1'}, 'updated_at': '2026-10-01T12:00:00Z'}"
                        .formatted(state, Long.toString(version)));
    }

    @ParameterizedTest
    @CsvSource({
        "dispute.created, INQUIRY_EVIDENCE_REQUIRED, INQUIRY",
        "dispute.state.updated, INQUIRY_PROCESSING, INQUIRY",
        "dispute.state.updated, INQUIRY_CLOSED, CLOSED",
        "dispute.created, EVIDENCE_REQUIRED, OPEN",
        "dispute.state.updated, PROCESSING, OPEN",
        "dispute.state.updated, WON, WON",
        "dispute.state.changed, LOST, LOST",
        "dispute.state.updated, ACCEPTED, LOST"
    })
    void a_dispute_is_told_as_it_stands_at_its_payment(String type, String state, DisputeStatus expected) {
        assertThat(ACCOUNT.facts(dispute(type, state, 1)))
                .containsExactly(new Fact.Dispute("dis_1", Optional.of(usd(2500)), expected, "NO_KNOWLEDGE"));
        assertThat(ACCOUNT.paymentId(dispute(type, state, 1))).isEqualTo("pay_1");
    }

    @Test
    void within_one_instant_squares_version_counts_first() {
        var sequences = List.of(
                ACCOUNT.understood(dispute("dispute.created", "EVIDENCE_REQUIRED", 5))
                        .sequence(),
                ACCOUNT.understood(dispute("dispute.state.updated", "WON", 5)).sequence(),
                ACCOUNT.understood(dispute("dispute.state.updated", "PROCESSING", 6))
                        .sequence());
        assertThat(sequences).isSorted().doesNotHaveDuplicates();
    }
}
