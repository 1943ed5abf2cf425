package ipn.gateway.paypalipn;

import static ipn.gateway.paypalipn.Ipns.says;
import static ipn.gateway.paypalipn.Ipns.told;
import static org.assertj.core.api.Assertions.assertThat;

import ipn.fact.Fact.Attempt;
import ipn.fact.Fact.AttemptStatus;
import ipn.fact.Fact.Authorized;
import ipn.fact.Fact.Captured;
import ipn.fact.Fact.Dispute;
import ipn.fact.Fact.DisputeFunds;
import ipn.fact.Fact.DisputeMovement;
import ipn.fact.Fact.DisputeStatus;
import ipn.fact.Fact.FraudFlag;
import ipn.fact.Fact.Refund;
import ipn.fact.Fact.RefundStatus;
import ipn.fact.Money;
import ipn.gateway.Delivery;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every {@code payment_status}. */
class IpnPaymentsTest {
    private static final Money TEN = new Money(1000, "USD");

    @ParameterizedTest
    @ValueSource(strings = {"Completed", "Processed", "completed", "COMPLETED"})
    void money_was_taken(String status) {
        assertThat(told(says("txn_id", "T1", "payment_status", status, "mc_gross", "10.00")))
                .containsExactly(new Captured("T1", TEN, Optional.empty()), new FraudFlag("T1", false, "completed"));
    }

    @Test
    void an_authorization_is_a_pending_payment_with_that_reason() {
        assertThat(told(pending("authorization"))).containsExactly(new Authorized("T1", TEN));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "echeck",
                "multi_currency",
                "unilateral",
                "verify",
                "address",
                "intl",
                "order",
                "other",
                "upgrade"
            })
    void any_other_pending_payment_waits(String reason) {
        assertThat(told(pending(reason))).containsExactly(new Attempt("T1", AttemptStatus.PENDING, reason));
    }

    @Test
    void a_payment_under_review_is_flagged_until_it_is_completed() {
        assertThat(told(pending("paymentreview")))
                .containsExactly(
                        new Attempt("T1", AttemptStatus.PENDING, "paymentreview"),
                        new FraudFlag("T1", true, "paymentreview"));
        var completed = Ipns.notification(says("txn_id", "T1", "payment_status", "Completed", "mc_gross", "10.00"));
        var reviewed = Ipns.notification(pending("paymentreview"));
        assertThat(completed.facts()).contains(new FraudFlag("T1", false, "completed"));
        assertThat(completed.occurredAt()).isEqualTo(reviewed.occurredAt());
        assertThat(completed.sequence()).isGreaterThan(reviewed.sequence());
    }

    @ParameterizedTest
    @CsvSource({
        "Denied, FAILED",
        "Failed, FAILED",
        "Voided, CANCELED",
        "Expired, EXPIRED",
        "Created, PENDING",
        "In-Progress, PENDING"
    })
    void an_attempt_ends_or_waits(String status, AttemptStatus attempt) {
        assertThat(told(says("txn_id", "T1", "payment_status", status, "reason_code", "why")))
                .containsExactly(new Attempt("T1", attempt, "why"));
    }

    @ParameterizedTest
    @CsvSource({
        "Refunded, SUCCEEDED",
        "Partially_Refunded, SUCCEEDED",
        "Pending, PENDING",
        "Completed, SUCCEEDED",
        "Failed, FAILED",
        "Denied, FAILED",
        "Voided, CANCELED"
    })
    void a_refund_has_a_status_of_its_own(String status, RefundStatus refund) {
        assertThat(told(says(
                        "txn_id",
                        "R1",
                        "parent_txn_id",
                        "T1",
                        "payment_status",
                        status,
                        "mc_gross",
                        "-10.00",
                        "reason_code",
                        "refund")))
                .containsExactly(new Refund("R1", TEN, refund));
    }

    @ParameterizedTest
    @ValueSource(strings = {"chargeback", "buyer_complaint", "unauthorized_claim", "guarantee", "refund"})
    void a_reversal_takes_the_money_and_its_cancellation_brings_it_back(String reason) {
        assertThat(told(reversal("V1", "Reversed", "-10.00", reason)))
                .containsExactly(
                        new Dispute("T1", Optional.of(TEN), DisputeStatus.OPEN, reason),
                        new DisputeFunds("V1", TEN, DisputeMovement.WITHDRAWN));
        assertThat(told(reversal("V2", "Canceled_Reversal", "10.00", reason)))
                .containsExactly(
                        new Dispute("T1", Optional.of(TEN), DisputeStatus.WON, reason),
                        new DisputeFunds("V2", TEN, DisputeMovement.REINSTATED));
    }

    @Test
    void what_is_newer_within_one_second_follows_the_life_of_a_payment() {
        var statuses =
                Stream.of("Created", "Pending", "Denied", "Completed", "Refunded", "Reversed", "Canceled_Reversal");
        assertThat(statuses.map(
                        status -> Ipns.notification(says("txn_id", "T1", "payment_status", status, "mc_gross", "10.00"))
                                .sequence()))
                .isSorted()
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "web_accept",
                "cart",
                "express_checkout",
                "send_money",
                "virtual_terminal",
                "pro_hosted",
                "merch_pmt",
                "masspay",
                "payout",
                "something_new",
                ""
            })
    void the_type_of_a_single_payment_does_not_matter(String type) {
        assertThat(told(says("txn_type", type, "txn_id", "T1", "payment_status", "Completed", "mc_gross", "10.00")))
                .contains(new Captured("T1", TEN, Optional.empty()));
    }

    private static Delivery pending(String reason) {
        return says("txn_id", "T1", "payment_status", "Pending", "pending_reason", reason, "mc_gross", "10.00");
    }

    private static Delivery reversal(String id, String status, String gross, String reason) {
        return says(
                "txn_id",
                id,
                "parent_txn_id",
                "T1",
                "payment_status",
                status,
                "mc_gross",
                gross,
                "reason_code",
                reason);
    }
}
