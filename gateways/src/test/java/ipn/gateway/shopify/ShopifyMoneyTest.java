package ipn.gateway.shopify;

import static ipn.gateway.shopify.ShopifyUnderTest.listener;
import static ipn.gateway.shopify.ShopifyUnderTest.usd;
import static org.assertj.core.api.Assertions.assertThat;

import ipn.fact.Fact;
import ipn.fact.Fact.AttemptStatus;
import ipn.fact.Fact.DisputeStatus;
import ipn.fact.Fact.RefundStatus;
import ipn.fact.Money;
import ipn.gateway.Translation;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Transactions, refunds, disputes and risks. */
class ShopifyMoneyTest {
    private static final String TRANSACTIONS = "order_transactions/create";

    private static String transaction(String kind, String status) {
        return Bodies.TRANSACTION.replace("sale", kind).replace("success", status);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sale", "capture"})
    void a_sale_or_a_capture_is_money_taken(String kind) {
        assertThat(listener(TRANSACTIONS).facts(transaction(kind, "success")))
                .containsExactly(new Fact.Captured("66", usd(2500), Optional.empty()));
        assertThat(listener(TRANSACTIONS).paymentId(transaction(kind, "success")))
                .isEqualTo("55");
    }

    @Test
    void partial_captures_are_facts_of_their_own_and_add_up() {
        var first =
                listener(TRANSACTIONS).facts(transaction("capture", "success").replace("25.00", "10.00"));
        var second = listener(TRANSACTIONS)
                .facts(transaction("capture", "success")
                        .replace("'id': 66", "'id': 68")
                        .replace("25.00", "15.00"));
        assertThat(first).containsExactly(new Fact.Captured("66", usd(1000), Optional.empty()));
        assertThat(second).containsExactly(new Fact.Captured("68", usd(1500), Optional.empty()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"authorization", "emv_authorization"})
    void an_authorization_sets_money_aside(String kind) {
        assertThat(listener(TRANSACTIONS).facts(transaction(kind, "success")))
                .containsExactly(new Fact.Authorized("66", usd(2500)));
    }

    @ParameterizedTest
    @CsvSource({
        "sale, pending, PENDING",
        "sale, awaiting_response, PENDING",
        "capture, failure, FAILED",
        "authorization, error, FAILED",
        "void, success, CANCELED"
    })
    void what_took_nothing_is_an_attempt(String kind, String status, AttemptStatus expected) {
        var body = transaction(kind, status).replace("'error_code': null", "'error_code': 'card_declined'");
        assertThat(listener(TRANSACTIONS).facts(body))
                .containsExactly(new Fact.Attempt("66", expected, "card_declined"));
    }

    @ParameterizedTest
    @CsvSource({"change, success", "void, failure"})
    void what_changes_nothing_is_ignored(String kind, String status) {
        assertThat(listener(TRANSACTIONS).translated(transaction(kind, status)))
                .isEqualTo(new Translation.Ignored(TRANSACTIONS));
    }

    @ParameterizedTest
    @CsvSource({"success, SUCCEEDED", "pending, PENDING", "failure, FAILED", "error, FAILED"})
    void a_refund_is_the_same_fact_whichever_topic_tells_it(String status, RefundStatus expected) {
        var refund = new Fact.Refund("67", usd(2500), expected);
        var own = Bodies.REFUND.replace("success", status);
        var transaction = transaction("refund", status).replace("'id': 66", "'id': 67");
        var order = Bodies.ORDER.replace("'refunds': []", "'refunds': [" + own + "]");
        assertThat(listener("refunds/create").facts(own)).containsExactly(refund);
        assertThat(listener(TRANSACTIONS).facts(transaction)).containsExactly(refund);
        assertThat(listener("orders/updated").facts(order)).contains(refund);
        assertThat(listener("refunds/create").paymentId(own)).isEqualTo("55");
    }

    @Test
    void a_refund_may_give_money_back_in_several_ways() {
        var second =
                transaction("refund", "success").replace("'id': 66", "'id': 68").replace("25.00", "5.00");
        var body = Bodies.REFUND.replace("'transactions': [", "'transactions': [" + second + ",");
        var notification = listener("refunds/create").understood(body);
        assertThat(notification.facts())
                .containsExactly(
                        new Fact.Refund("68", usd(500), RefundStatus.SUCCEEDED),
                        new Fact.Refund("67", usd(2500), RefundStatus.SUCCEEDED));
        assertThat(notification.amount()).contains(usd(3000));
    }

    @Test
    void a_refund_that_only_puts_goods_back_into_stock_moves_no_money() {
        var restock = Bodies.REFUND.replaceAll("'transactions': \\[.*]", "'transactions': []");
        assertThat(listener("refunds/create").translated(restock)).isEqualTo(new Translation.Ignored("refunds/create"));
    }

    @ParameterizedTest
    @CsvSource({
        "chargeback, needs_response, OPEN",
        "chargeback, under_review, OPEN",
        "inquiry, needs_response, INQUIRY",
        "inquiry, under_review, INQUIRY",
        "chargeback, won, WON",
        "chargeback, lost, LOST",
        "chargeback, accepted, LOST",
        "chargeback, charge_refunded, CLOSED",
        "inquiry, charge_refunded, CLOSED"
    })
    void a_dispute_is_told_as_it_stands(String type, String status, DisputeStatus expected) {
        var body = Bodies.DISPUTE.replace("chargeback", type).replace("needs_response", status);
        for (var topic : new String[] {"disputes/create", "disputes/update"}) {
            assertThat(listener(topic).facts(body))
                    .containsExactly(new Fact.Dispute("28", Optional.of(usd(2500)), expected, "fraudulent"));
            assertThat(listener(topic).paymentId(body)).isEqualTo("55");
        }
    }

    @Test
    void a_dispute_of_no_order_stands_for_itself() {
        var body = Bodies.DISPUTE.replace("'order_id': 55", "'order_id': null");
        assertThat(listener("disputes/create").paymentId(body)).isEqualTo("dispute:28");
        assertThat(listener("disputes/create").facts(body)).hasSize(1);
    }

    @Test
    void a_dispute_is_as_new_as_the_last_thing_done_about_it() {
        var sent =
                Bodies.DISPUTE.replace("'evidence_sent_on': null", "'evidence_sent_on': '2026-09-06T08:00:00-04:00'");
        var over = sent.replace("'finalized_on': null", "'finalized_on': '2026-10-11T08:00:00-04:00'");
        assertThat(listener("disputes/create").understood(Bodies.DISPUTE).occurredAt())
                .isEqualTo(Instant.parse("2026-09-02T12:00:00Z"));
        assertThat(listener("disputes/update").understood(sent).occurredAt())
                .isEqualTo(Instant.parse("2026-09-06T12:00:00Z"));
        assertThat(listener("disputes/update").understood(over).occurredAt())
                .isEqualTo(Instant.parse("2026-10-11T12:00:00Z"));
    }

    @ParameterizedTest
    @CsvSource({"HIGH, true", "MEDIUM, false", "LOW, false", "none, false"})
    void a_high_risk_raises_a_flag_and_any_other_lowers_it(String level, boolean raised) {
        assertThat(listener("orders/risk_assessment_changed").facts(Bodies.RISK.replace("HIGH", level)))
                .containsExactly(new Fact.FraudFlag("55", raised, level));
    }

    @Test
    void a_risk_not_yet_known_says_nothing() {
        assertThat(listener("orders/risk_assessment_changed").translated(Bodies.RISK.replace("HIGH", "PENDING")))
                .isEqualTo(new Translation.Ignored("orders/risk_assessment_changed"));
    }

    @ParameterizedTest
    @CsvSource({
        "25.00, USD, 2500",
        "25, USD, 2500",
        "2500, JPY, 2500",
        "2500.00, JPY, 2500",
        "1.234, KWD, 1234",
        "0.50, EUR, 50"
    })
    void decimals_become_exact_minor_units(String decimal, String currency, long minorUnits) {
        var body = Bodies.TRANSACTION.replace("'25.00'", "'" + decimal + "'").replace("USD", currency);
        assertThat(listener(TRANSACTIONS).understood(body).amount()).contains(new Money(minorUnits, currency));
    }
}
