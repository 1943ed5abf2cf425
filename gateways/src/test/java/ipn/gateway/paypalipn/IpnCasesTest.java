package ipn.gateway.paypalipn;

import static ipn.gateway.paypalipn.Ipns.says;
import static ipn.gateway.paypalipn.Ipns.told;
import static ipn.gateway.paypalipn.Ipns.translation;
import static org.assertj.core.api.Assertions.assertThat;

import ipn.fact.Fact.Dispute;
import ipn.fact.Fact.DisputeFunds;
import ipn.fact.Fact.DisputeMovement;
import ipn.fact.Fact.DisputeStatus;
import ipn.fact.Money;
import ipn.gateway.Delivery;
import ipn.gateway.Translation.Ignored;
import ipn.gateway.Translation.Understood;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Cases, and what is about something else. */
class IpnCasesTest {
    private static final Money TEN = new Money(1000, "USD");

    @Test
    void a_new_case_is_about_the_sale_and_takes_nothing() {
        assertThat(told(says(
                        "txn_type",
                        "new_case",
                        "txn_id",
                        "T1",
                        "case_id",
                        "PP-1",
                        "case_type",
                        "complaint",
                        "case_creation_date",
                        "05:00:00 Sep 02, 2026 PDT",
                        "payment_date",
                        "")))
                .containsExactly(new Dispute("T1", Optional.empty(), DisputeStatus.OPEN, "complaint", true));
    }

    @ParameterizedTest
    @CsvSource({"-10.00, LOST, WITHDRAWN", "10.00, WON, REINSTATED"})
    void a_settlement_is_lost_or_won_by_the_money_it_moves(
            String gross, DisputeStatus status, DisputeMovement movement) {
        assertThat(told(adjustment(gross)))
                .containsExactly(
                        new Dispute("T1", Optional.of(TEN), status, "settled"), new DisputeFunds("A1", TEN, movement));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0.00", "-0.00"})
    void a_settlement_that_moves_nothing_does_not_say_who_won(String gross) {
        assertThat(translation(adjustment(gross))).isEqualTo(new Ignored("adjustment/Completed"));
    }

    private static Delivery adjustment(String gross) {
        return says(
                "txn_type",
                "adjustment",
                "txn_id",
                "A1",
                "parent_txn_id",
                "T1",
                "payment_status",
                "Completed",
                "mc_gross",
                gross,
                "reason_code",
                "settled");
    }

    @Test
    void agreements_pay_outs_and_unknown_types_are_ignored() {
        assertThat(translation(says("txn_type", "mp_signup", "mp_id", "B-1"))).isEqualTo(new Ignored("mp_signup"));
        assertThat(translation(says("txn_type", "mp_cancel", "mp_id", "B-1"))).isEqualTo(new Ignored("mp_cancel"));
        assertThat(translation(says(
                        "txn_type",
                        "masspay",
                        "payment_status",
                        "Completed",
                        "receiver_email",
                        "",
                        "receiver_email_1",
                        "payee@example.com",
                        "mc_gross_1",
                        "10.00",
                        "txn_id",
                        "")))
                .isEqualTo(new Ignored("masspay/Completed"));
        assertThat(translation(says("txn_type", "something_new", "txn_id", "T1")))
                .isEqualTo(new Ignored("something_new"));
        assertThat(translation(says("payment_status", "Astonished", "txn_id", "T1")))
                .isEqualTo(new Ignored("Astonished"));
        assertThat(translation(says("transaction_type", "Adaptive Payment PAY")))
                .isEqualTo(new Ignored(""));
    }

    @Test
    void the_money_of_a_mass_payment_to_us_counts() {
        assertThat(translation(says(
                        "txn_type", "masspay", "payment_status", "Completed", "txn_id", "T1", "mc_gross", "10.00")))
                .isInstanceOf(Understood.class);
    }
}
