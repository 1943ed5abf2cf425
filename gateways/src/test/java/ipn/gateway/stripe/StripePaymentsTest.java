package ipn.gateway.stripe;

import static ipn.gateway.stripe.StripeSays.facts;
import static ipn.gateway.stripe.StripeSays.paymentId;
import static ipn.gateway.stripe.StripeSays.understood;
import static org.assertj.core.api.Assertions.assertThat;

import ipn.fact.Fact;
import ipn.fact.Fact.AttemptStatus;
import ipn.fact.Fact.DisputeMovement;
import ipn.fact.Fact.DisputeStatus;
import ipn.fact.Fact.LinkKind;
import ipn.fact.Fact.RefundStatus;
import ipn.fact.Money;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Payment intents, charges, refunds, disputes and fraud signals. */
class StripePaymentsTest {
    private static final String PI = "'id': 'pi_1', 'object': 'payment_intent', 'amount': 2500, 'currency': 'usd'";
    private static final String CHARGE =
            "'id': 'ch_1', 'object': 'charge', 'payment_intent': 'pi_1', 'currency': 'usd', 'amount': 2500";
    private static final String REFUND =
            "'id': 're_1', 'object': 'refund', 'charge': 'ch_1', 'payment_intent': 'pi_1', 'amount': 1000, 'currency': 'usd'";
    private static final String DISPUTE =
            "'id': 'dp_1', 'object': 'dispute', 'charge': 'ch_1', 'payment_intent': 'pi_1', 'amount': 2500, 'currency': 'usd', 'reason': 'fraudulent'";

    @ParameterizedTest
    @ValueSource(strings = {"payment_intent.created", "payment_intent.requires_action", "payment_intent.processing"})
    void an_intent_under_way_is_pending(String type) {
        assertThat(facts(type, "{" + PI + "}")).containsExactly(new Fact.Attempt("pi_1", AttemptStatus.PENDING, ""));
    }

    @Test
    void an_intent_that_captured_a_part_still_has_all_of_it_authorized() {
        assertThat(facts(
                        "payment_intent.amount_capturable_updated",
                        "{" + PI + ", 'amount_capturable': 1500, 'amount_received': 1000}"))
                .containsExactly(new Fact.Authorized("pi_1", usd(2500)));
    }

    @Test
    void a_failed_attempt_says_why_in_a_code() {
        assertThat(
                        facts(
                                "payment_intent.payment_failed",
                                "{" + PI
                                        + ", 'last_payment_error': {'code': 'card_declined', 'decline_code': 'insufficient_funds'}}"))
                .containsExactly(new Fact.Attempt("pi_1", AttemptStatus.FAILED, "insufficient_funds"));
        assertThat(facts(
                        "payment_intent.payment_failed",
                        "{" + PI + ", 'last_payment_error': {'code': 'expired_card'}}"))
                .containsExactly(new Fact.Attempt("pi_1", AttemptStatus.FAILED, "expired_card"));
        assertThat(facts("payment_intent.payment_failed", "{" + PI + ", 'last_payment_error': null}"))
                .containsExactly(new Fact.Attempt("pi_1", AttemptStatus.FAILED, ""));
    }

    @Test
    void before_2025_intents_and_charges_name_the_invoice_they_pay() {
        var link = new Fact.Link(LinkKind.PAYS, "stripe/main/in_1");
        assertThat(facts("payment_intent.succeeded", "{" + PI + ", 'amount_received': 2500, 'invoice': 'in_1'}"))
                .containsExactly(captured("pi_1", 2500), link);
        assertThat(
                        facts(
                                "charge.succeeded",
                                "{" + CHARGE
                                        + ", 'status': 'succeeded', 'captured': true, 'amount_captured': 2500, 'invoice': {'id': 'in_1'}}"))
                .containsExactly(captured("pi_1", 2500), link);
    }

    @ParameterizedTest
    @ValueSource(strings = {"charge.succeeded", "charge.captured", "charge.updated"})
    void a_captured_charge_is_the_same_fact_as_its_intent(String type) {
        assertThat(facts(type, "{" + CHARGE + ", 'status': 'succeeded', 'captured': true, 'amount_captured': 2000}"))
                .containsExactly(captured("pi_1", 2000));
    }

    @Test
    void a_direct_charge_is_known_by_its_own_id() {
        var charge =
                "{'id': 'ch_1', 'object': 'charge', 'payment_intent': null, 'currency': 'usd', 'amount': 2500, 'status': 'succeeded', 'captured': true}";
        assertThat(paymentId("charge.succeeded", charge)).isEqualTo("ch_1");
        assertThat(facts("charge.succeeded", charge)).containsExactly(captured("ch_1", 2500));
        assertThat(paymentId("refund.created", "{'id': 're_1', 'charge': 'ch_1', 'payment_intent': null}"))
                .isEqualTo("ch_1");
        assertThat(paymentId("charge.dispute.created", "{'id': 'dp_1', 'charge': {'id': 'ch_1'}}"))
                .isEqualTo("ch_1");
        assertThat(paymentId("review.opened", "{'id': 'prv_1', 'charge': 'ch_1', 'payment_intent': null}"))
                .isEqualTo("ch_1");
    }

    @Test
    void a_charge_not_captured_yet_is_authorized() {
        assertThat(facts(
                        "charge.succeeded",
                        "{" + CHARGE + ", 'status': 'succeeded', 'captured': false, 'amount_captured': 0}"))
                .containsExactly(new Fact.Authorized("pi_1", usd(2500)));
    }

    @Test
    void a_charge_tells_how_an_attempt_stands() {
        assertThat(facts("charge.pending", "{" + CHARGE + ", 'status': 'pending'}"))
                .containsExactly(new Fact.Attempt("pi_1", AttemptStatus.PENDING, ""));
        assertThat(facts("charge.failed", "{" + CHARGE + ", 'status': 'failed', 'failure_code': 'card_declined'}"))
                .containsExactly(new Fact.Attempt("pi_1", AttemptStatus.FAILED, "card_declined"));
        assertThat(facts(
                        "charge.expired",
                        "{" + CHARGE + ", 'status': 'succeeded', 'captured': false, 'refunded': true}"))
                .containsExactly(new Fact.Attempt("pi_1", AttemptStatus.EXPIRED, ""));
    }

    @Test
    void letting_go_of_an_authorization_is_no_refund() {
        var released = "{" + CHARGE
                + ", 'status': 'succeeded', 'captured': false, 'amount_captured': 0, 'amount_refunded': 2500, 'refunded': true}";
        assertThat(facts("charge.refunded", released))
                .containsExactly(new Fact.Attempt("pi_1", AttemptStatus.CANCELED, "released"));
        assertThat(facts("charge.updated", released))
                .containsExactly(new Fact.Attempt("pi_1", AttemptStatus.CANCELED, "released"));
    }

    @Test
    void refunds_of_one_second_count_by_what_they_add_up_to() {
        var first = understood("charge.refunded", "{" + CHARGE + ", 'captured': true, 'amount_refunded': 1000}");
        var second = understood("charge.refunded", "{" + CHARGE + ", 'captured': true, 'amount_refunded': 2500}");
        assertThat(first.facts()).containsExactly(new Fact.RefundTotal("pi_1", usd(1000)));
        assertThat(second.sequence()).isGreaterThan(first.sequence());
    }

    @ParameterizedTest
    @CsvSource({
        "refund.created,        pending,         PENDING",
        "refund.created,        requires_action, PENDING",
        "refund.updated,        succeeded,       SUCCEEDED",
        "charge.refund.updated, succeeded,       SUCCEEDED",
        "refund.updated,        canceled,        CANCELED",
        "refund.updated,        failed,          FAILED",
        "refund.failed,         failed,          FAILED",
        "refund.failed,         pending,         FAILED"
    })
    void a_refund_stands_as_it_says(String type, String status, RefundStatus expected) {
        assertThat(facts(type, "{" + REFUND + ", 'status': '" + status + "', 'metadata': {'user_id': 'agent_7'}}"))
                .containsExactly(new Fact.Refund("re_1", usd(1000), expected));
        assertThat(paymentId(type, "{" + REFUND + "}")).isEqualTo("pi_1");
    }

    @ParameterizedTest
    @CsvSource({
        "created, warning_needs_response, INQUIRY",
        "updated, warning_under_review,   INQUIRY",
        "closed,  warning_closed,         CLOSED",
        "created, needs_response,         OPEN",
        "updated, under_review,           OPEN",
        "closed,  won,                    WON",
        "closed,  lost,                   LOST",
        "closed,  prevented,              CLOSED"
    })
    void a_dispute_stands_as_it_says(String event, String status, DisputeStatus expected) {
        assertThat(facts("charge.dispute." + event, "{" + DISPUTE + ", 'status': '" + status + "'}"))
                .containsExactly(new Fact.Dispute("dp_1", Optional.of(usd(2500)), expected, "fraudulent"));
    }

    @Test
    void money_moves_with_a_dispute() {
        assertThat(facts("charge.dispute.funds_withdrawn", "{" + DISPUTE + ", 'status': 'needs_response'}"))
                .containsExactly(
                        new Fact.Dispute("dp_1", Optional.of(usd(2500)), DisputeStatus.OPEN, "fraudulent"),
                        new Fact.DisputeFunds("dp_1", usd(2500), DisputeMovement.WITHDRAWN));
        assertThat(facts("charge.dispute.funds_reinstated", "{" + DISPUTE + ", 'status': 'won'}"))
                .contains(new Fact.DisputeFunds("dp_1", usd(2500), DisputeMovement.REINSTATED));
    }

    @ParameterizedTest
    @CsvSource({
        "approved, false",
        "refunded_as_fraud, true",
        "refunded, false",
        "disputed, false",
        "redacted, false",
        "a_new_reason, true"
    })
    void a_closed_review_clears_what_it_clears(String reason, boolean raised) {
        assertThat(facts("review.opened", "{'id': 'prv_1', 'payment_intent': 'pi_1', 'reason': 'rule'}"))
                .containsExactly(new Fact.FraudFlag("prv_1", true, "rule"));
        assertThat(facts(
                        "review.closed",
                        "{'id': 'prv_1', 'payment_intent': 'pi_1', 'reason': 'approved', 'closed_reason': '" + reason
                                + "'}"))
                .containsExactly(new Fact.FraudFlag("prv_1", raised, reason));
    }

    @Test
    void within_a_second_what_can_only_follow_counts_more() {
        assertThat(understood("payment_intent.payment_failed", "{" + PI + "}").sequence())
                .isGreaterThan(
                        understood("payment_intent.created", "{" + PI + "}").sequence())
                .isLessThan(
                        understood("payment_intent.canceled", "{" + PI + "}").sequence());
        assertThat(understood("refund.failed", "{" + REFUND + ", 'status': 'failed'}")
                        .sequence())
                .isGreaterThan(understood("refund.updated", "{" + REFUND + ", 'status': 'succeeded'}")
                        .sequence())
                .isGreaterThan(understood("refund.created", "{" + REFUND + ", 'status': 'pending'}")
                        .sequence());
        assertThat(understood("charge.dispute.closed", "{" + DISPUTE + ", 'status': 'won'}")
                        .sequence())
                .isGreaterThan(understood("charge.dispute.updated", "{" + DISPUTE + ", 'status': 'under_review'}")
                        .sequence())
                .isGreaterThan(
                        understood("charge.dispute.created", "{" + DISPUTE + ", 'status': 'warning_needs_response'}")
                                .sequence());
    }

    @ParameterizedTest
    @CsvSource({"krw, 2500, 2500", "isk, 500, 5", "ugx, 500, 5", "mga, 5, 500", "kwd, 5000, 5000", "EUR, 5, 5"})
    void amounts_are_counted_as_stripe_counts_them(String currency, long amount, long minorUnits) {
        var intent =
                "{'id': 'pi_1', 'currency': '%s', 'amount_received': %s}".formatted(currency, Long.toString(amount));
        assertThat(understood("payment_intent.succeeded", intent).amount())
                .contains(new Money(minorUnits, currency.toUpperCase(java.util.Locale.ROOT)));
    }

    private static Fact captured(String id, long minorUnits) {
        return new Fact.Captured(id, usd(minorUnits), Optional.empty());
    }

    private static Money usd(long minorUnits) {
        return new Money(minorUnits, "USD");
    }
}
