package ipn.projector.allocation;

import static ipn.projector.Payments.captured;
import static ipn.projector.Payments.renewal;
import static org.assertj.core.api.Assertions.assertThat;

import ipn.avro.ClaimStatus;
import ipn.avro.DisputeStatus;
import ipn.avro.Totals;
import ipn.projector.catalogue.KeepsAbove;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ReversalsTest {
    private static final Instant NOON = Instant.parse("2026-09-01T12:00:00Z");
    private static final Instant LATER = NOON.plusSeconds(60);

    @ParameterizedTest(name = "8.00 paid, {0} refunded, dispute {1}, fraud flag {2}: {3}")
    @CsvSource(textBlock = """
                    0,   NONE,    false, PAID
                    799, NONE,    false, PAID
                    800, NONE,    false, REFUNDED
                    900, NONE,    false, REFUNDED
                    0,   INQUIRY, false, PAID
                    0,   OPEN,    false, DISPUTED
                    0,   WON,     false, PAID
                    0,   LOST,    false, DISPUTE_LOST
                    0,   NONE,    true,  FRAUD_FLAGGED
                    0,   OPEN,    true,  FRAUD_FLAGGED
                    800, OPEN,    true,  REFUNDED
                    800, LOST,    true,  DISPUTE_LOST
                    """)
    void the_status_of_money_is_the_worst_that_became_of_it(
            long refunded, DisputeStatus dispute, boolean flagged, ClaimStatus status) {
        var payment = captured("pi_1", NOON, 800, refunded)
                .setDisputeStatus(dispute)
                .setFraudFlagged(flagged)
                .build();
        assertThat(Reversals.ofPayment(payment).status(800, "USD")).isEqualTo(status);
        var invoice = renewal("t_1", NOON, LATER)
                .setRefunded(refunded)
                .setDisputeStatus(dispute)
                .setFraudFlagged(flagged)
                .build();
        assertThat(Reversals.ofInvoice(invoice).status(800, "USD")).isEqualTo(status);
    }

    @ParameterizedTest(name = "of 2500: {0} refunded, {1} lost, {2} disputed")
    @CsvSource(textBlock = """
                    0,    1000, 0,    PAID
                    0,    1500, 0,    PAID
                    0,    1501, 0,    DISPUTE_LOST
                    1000, 1500, 0,    DISPUTE_LOST
                    1500, 0,    0,    PAID
                    1501, 0,    0,    REFUNDED
                    1000, 0,    500,  PAID
                    1000, 0,    501,  DISPUTED
                    0,    0,    2500, DISPUTED
                    500,  500,  501,  DISPUTED
                    2000, 400,  0,    REFUNDED
                    """)
    void refunds_and_disputes_add_up_and_access_lasts_while_two_fifths_remain(
            long refunded, long lost, long disputed, ClaimStatus status) {
        var worst = lost > 0 ? DisputeStatus.LOST : disputed > 0 ? DisputeStatus.OPEN : DisputeStatus.NONE;
        var payment = captured("pi_1", NOON, 2500, refunded)
                .setDisputeStatus(worst)
                .setTotals(List.of(new Totals("USD", 0L, 2500L, refunded, disputed, lost, 0L)))
                .build();
        assertThat(Reversals.ofPayment(payment).status(2500, "USD", KeepsAbove.DEFAULT))
                .isEqualTo(status);
        var invoice = renewal("t_1", NOON, LATER)
                .setRefunded(refunded)
                .setDisputeStatus(worst)
                .setLost(lost)
                .setDisputed(disputed)
                .build();
        assertThat(Reversals.ofInvoice(invoice).status(2500, "USD", KeepsAbove.DEFAULT))
                .isEqualTo(status);
    }

    @Test
    void a_dispute_in_another_currency_counts_as_the_whole() {
        var payment = captured("pi_1", NOON, 2500, 0)
                .setDisputeStatus(DisputeStatus.LOST)
                .setTotals(List.of(new Totals("USD", 0L, 0L, 0L, 0L, 1L, 0L)))
                .build();
        assertThat(Reversals.ofPayment(payment).status(2500, "EUR", KeepsAbove.DEFAULT))
                .isEqualTo(ClaimStatus.DISPUTE_LOST);
    }

    @Test
    void a_refund_in_another_currency_does_not_count() {
        var payment = captured("pi_1", NOON, 800, 800).build();
        assertThat(Reversals.ofPayment(payment).status(800, "EUR")).isEqualTo(ClaimStatus.PAID);
    }

    @Test
    void of_two_payments_refunds_add_up_and_the_latest_time_counts() {
        var one = captured("pi_1", NOON, 400, 400).setRefundedAt(NOON).setDisputedAt(LATER);
        var other = captured("pi_2", NOON, 400, 400).setRefundedAt(LATER).setDisputedAt(NOON);
        var both = Reversals.ofPayment(one.build()).and(Reversals.ofPayment(other.build()));
        assertThat(both.status(800, "USD")).isEqualTo(ClaimStatus.REFUNDED);
        assertThat(both.refundedAt()).contains(LATER);
        assertThat(both.disputedAt()).contains(LATER);
        assertThat(both).isEqualTo(Reversals.ofPayment(other.build()).and(Reversals.ofPayment(one.build())));
    }

    @Test
    void a_dispute_or_a_flag_of_one_payment_is_one_of_all() {
        var clean = Reversals.ofPayment(captured("pi_1", NOON, 400, 0).build());
        var disputed = captured("pi_2", NOON, 400, 0).setDisputeStatus(DisputeStatus.OPEN);
        var flagged = captured("pi_3", NOON, 400, 0).setFraudFlagged(true);
        assertThat(clean.and(Reversals.ofPayment(disputed.build())).status(800, "USD"))
                .isEqualTo(ClaimStatus.DISPUTED);
        assertThat(clean.and(Reversals.ofPayment(flagged.build())).status(800, "USD"))
                .isEqualTo(ClaimStatus.FRAUD_FLAGGED);
    }

    @Test
    void the_status_began_with_the_newest_refund_or_dispute() {
        var payment = captured("pi_1", NOON, 800, 800).setRefundedAt(NOON).setDisputedAt(LATER);
        var reversals = Reversals.ofPayment(payment.build());
        assertThat(reversals.since(ClaimStatus.REFUNDED)).contains(NOON);
        assertThat(reversals.since(ClaimStatus.DISPUTED)).contains(LATER);
        assertThat(reversals.since(ClaimStatus.DISPUTE_LOST)).contains(LATER);
        assertThat(reversals.since(ClaimStatus.FRAUD_FLAGGED)).contains(LATER);
        assertThat(reversals.since(ClaimStatus.PAID)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(ClaimStatus.class)
    void only_refunded_and_lost_money_is_reversed(ClaimStatus status) {
        assertThat(Reversals.isReversed(status))
                .isEqualTo(status == ClaimStatus.REFUNDED || status == ClaimStatus.DISPUTE_LOST);
    }
}
