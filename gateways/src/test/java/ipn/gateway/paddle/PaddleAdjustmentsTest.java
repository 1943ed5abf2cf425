package ipn.gateway.paddle;

import static ipn.gateway.paddle.PaddleSays.adjustment;
import static ipn.gateway.paddle.PaddleSays.facts;
import static ipn.gateway.paddle.PaddleSays.paymentId;
import static ipn.gateway.paddle.PaddleSays.translated;
import static ipn.gateway.paddle.PaddleSays.understood;
import static org.assertj.core.api.Assertions.assertThat;

import ipn.fact.Fact;
import ipn.fact.Fact.DisputeMovement;
import ipn.fact.Fact.DisputeStatus;
import ipn.fact.Fact.RefundStatus;
import ipn.fact.Money;
import ipn.gateway.Translation;
import ipn.topics.Reason;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Refunds, chargebacks, warnings and credits. */
class PaddleAdjustmentsTest {
    private static final Money AMOUNT = new Money(400, "USD");

    @Test
    void an_adjustment_is_about_its_transaction() {
        assertThat(paymentId("adjustment.created", adjustment("refund", "approved")))
                .isEqualTo("txn_1");
    }

    @ParameterizedTest
    @CsvSource({"approved, SUCCEEDED", "rejected, CANCELED", "reversed, FAILED"})
    void a_refund_stands_as_its_approval(String status, RefundStatus expected) {
        assertThat(facts("adjustment.updated", adjustment("refund", status)))
                .isEqualTo(facts("adjustment.created", adjustment("refund", status)))
                .containsExactly(new Fact.Refund("adj_1", AMOUNT, expected));
    }

    @Test
    void a_refund_names_the_items_of_the_transaction_with_their_taxes() {
        assertThat(facts("adjustment.updated", refund(item("txnitm_1", 300), item("txnitm_2", 100))))
                .containsExactly(
                        new Fact.Refund("adj_1", AMOUNT, RefundStatus.SUCCEEDED),
                        new Fact.RefundLines(
                                "adj_1",
                                List.of(new Fact.RefundLine("txnitm_1", 300), new Fact.RefundLine("txnitm_2", 100))));
        var old = item("txnitm_1", 400).replaceFirst("'totals': \\{[^}]*}", "'totals': null");
        assertThat(facts("adjustment.updated", refund(old)))
                .contains(new Fact.RefundLines("adj_1", List.of(new Fact.RefundLine("txnitm_1", 400))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'total': '400'        | 'total': 'four'",
                "'total': '400'        | 'total': '-400'",
                "'item_id': 'txnitm_1' | 'item_id': 'a b'",
                "'item_id': 'txnitm_1' | 'item_id': null"
            })
    void an_item_that_makes_no_sense_never_keeps_the_refund_out(String sound, String senseless) {
        var item = item("txnitm_1", 400);
        assertThat(item).contains(sound);
        assertThat(facts("adjustment.updated", refund(item.replace(sound, senseless))))
                .containsExactly(new Fact.Refund("adj_1", AMOUNT, RefundStatus.SUCCEEDED));
    }

    private static String refund(String... items) {
        return adjustment("refund", "approved")
                .replace("'reason'", "'items': [" + String.join(", ", items) + "], 'reason'");
    }

    private static String item(String id, long total) {
        return """
                {'id': 'adjitm_1', 'item_id': '%s', 'type': 'partial', 'amount': '%d', 'proration': null,
                 'totals': {'subtotal': '%d', 'tax': '30', 'total': '%d'}}""".formatted(id, total, total - 30, total);
    }

    @ParameterizedTest
    @CsvSource({
        "refund, pending_approval",
        "chargeback, pending_approval",
        "chargeback, rejected",
        "chargeback_reverse, pending_approval",
        "chargeback_warning, pending_approval",
        "chargeback_warning_reverse, rejected",
        "credit, approved",
        "credit_reverse, approved"
    })
    void what_is_not_approved_and_what_is_only_credit_moves_no_money(String action, String status) {
        assertThat(translated(PaddleSays.event("adjustment.created", adjustment(action, status))))
                .isEqualTo(new Translation.Ignored("adjustment.created"));
    }

    @Test
    void a_chargeback_withdraws_the_money_and_its_reversal_is_the_same_dispute_won() {
        assertThat(facts("adjustment.created", adjustment("chargeback", "approved")))
                .containsExactly(
                        new Fact.Dispute("txn_1", Optional.of(AMOUNT), DisputeStatus.OPEN, "fraud"),
                        new Fact.DisputeFunds("txn_1", AMOUNT, DisputeMovement.WITHDRAWN));
        var reversal = adjustment("chargeback_reverse", "approved").replace("adj_1", "adj_2");
        assertThat(facts("adjustment.created", reversal))
                .isEqualTo(facts("adjustment.updated", adjustment("chargeback", "reversed")))
                .containsExactly(
                        new Fact.Dispute("txn_1", Optional.of(AMOUNT), DisputeStatus.WON, "fraud"),
                        new Fact.DisputeFunds("txn_1", AMOUNT, DisputeMovement.REINSTATED));
        assertThat(understood("adjustment.created", reversal).sequence())
                .isGreaterThan(understood("adjustment.created", adjustment("chargeback", "approved"))
                        .sequence());
    }

    @Test
    void a_warning_raises_a_flag_and_its_reversal_lowers_it() {
        assertThat(facts("adjustment.created", adjustment("chargeback_warning", "approved")))
                .containsExactly(new Fact.FraudFlag("txn_1", true, "fraud"));
        assertThat(facts("adjustment.created", adjustment("chargeback_warning_reverse", "approved")))
                .isEqualTo(facts("adjustment.updated", adjustment("chargeback_warning", "reversed")))
                .containsExactly(new Fact.FraudFlag("txn_1", false, "fraud"));
    }

    @ParameterizedTest
    @CsvSource({"brand_new, approved", "refund, brand_new", "chargeback, brand_new"})
    void words_nobody_knows_are_kept_for_a_newer_version(String action, String status) {
        assertThat(translated(PaddleSays.event("adjustment.created", adjustment(action, status))))
                .isInstanceOfSatisfying(
                        Translation.Refused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(Reason.MALFORMED));
    }

    @Test
    void a_chargeback_must_name_its_transaction() {
        var nowhere = adjustment("chargeback", "approved").replace("'transaction_id': 'txn_1', ", "");
        assertThat(translated(PaddleSays.event("adjustment.created", nowhere)))
                .isEqualTo(new Translation.Refused(Reason.MISSING_FIELD, "/data/transaction_id: missing"));
    }

    @Test
    void free_text_does_not_pass_for_a_reason() {
        var spoken = adjustment("chargeback_warning", "approved").replace("'fraud'", "'Mr. Miller says no'");
        assertThat(facts("adjustment.created", spoken)).containsExactly(new Fact.FraudFlag("txn_1", true, ""));
    }
}
