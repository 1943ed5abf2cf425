package ipn.gateway.paypal;

import static ipn.gateway.paypal.PayPalSays.event;
import static ipn.gateway.paypal.PayPalSays.facts;
import static ipn.gateway.paypal.PayPalSays.items;
import static ipn.gateway.paypal.PayPalSays.paymentId;
import static ipn.gateway.paypal.PayPalSays.translated;
import static ipn.gateway.paypal.PayPalSays.understood;
import static ipn.gateway.paypal.PayPalUnderTest.usd;
import static org.assertj.core.api.Assertions.assertThat;

import ipn.fact.Fact;
import ipn.fact.Fact.AttemptStatus;
import ipn.fact.Fact.DisputeMovement;
import ipn.fact.Fact.DisputeStatus;
import ipn.fact.Fact.InvoiceStatus;
import ipn.fact.Fact.LinkKind;
import ipn.fact.Fact.ReferenceName;
import ipn.fact.Fact.RefundStatus;
import ipn.fact.Money;
import ipn.gateway.Item;
import ipn.gateway.Translation;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PayPalPaymentsTest {
    private static final String USD_25 = "'amount':{'value':'25.00','currency_code':'USD'}";
    private static final String SALE_8 = "'amount':{'total':'8.00','currency':'USD'}";

    @Test
    void an_order_that_was_approved_is_pending_and_brings_its_words() {
        var order = "{'id':'O1','purchase_units':[{" + USD_25 + ",'custom_id':'u_42','invoice_id':'ord_1'}]}";

        assertThat(facts("CHECKOUT.ORDER.APPROVED", order))
                .containsExactlyInAnyOrder(
                        new Fact.Attempt("O1", AttemptStatus.PENDING, ""),
                        new Fact.Reference(ReferenceName.ORDER, "ord_1"),
                        new Fact.Reference(ReferenceName.SUBJECT, "u_42"));
        assertThat(paymentId("CHECKOUT.ORDER.APPROVED", order)).isEqualTo("O1");
        assertThat(facts("CHECKOUT.ORDER.APPROVED", "{'id':'O1','purchase_units':[{},{}]}"))
                .containsExactly(new Fact.Attempt("O1", AttemptStatus.PENDING, ""));
    }

    @Test
    void an_authorization_is_money_set_aside_until_it_is_voided() {
        assertThat(facts("PAYMENT.AUTHORIZATION.CREATED", "{'id':'A1'," + USD_25 + "}"))
                .containsExactly(new Fact.Authorized("A1", usd(2500)));
        assertThat(facts("PAYMENT.AUTHORIZATION.VOIDED", "{'id':'A1'," + USD_25 + "}"))
                .containsExactly(new Fact.Attempt("A1", AttemptStatus.CANCELED, ""));
    }

    @Test
    void a_capture_names_the_order_and_the_authorization_it_came_from() {
        var related = "'supplementary_data':{'related_ids':{'order_id':'O1','authorization_id':'A1'}}";
        var up = "'links':[{'rel':'up','href':'https://api.paypal.com/v2/payments/authorizations/A2'}]";

        assertThat(facts("PAYMENT.CAPTURE.COMPLETED", "{'id':'C1'," + USD_25 + "," + related + "}"))
                .containsExactly(
                        new Fact.Captured("C1", usd(2500), Optional.empty()),
                        new Fact.Link(LinkKind.PAID_BY, "paypal/main/O1"),
                        new Fact.Link(LinkKind.PAID_BY, "paypal/main/A1"));
        assertThat(facts("PAYMENT.CAPTURE.COMPLETED", "{'id':'C1'," + USD_25 + "," + up + "}"))
                .contains(new Fact.Link(LinkKind.PAID_BY, "paypal/main/A2"));
    }

    @ParameterizedTest
    @CsvSource({
        "PAYMENT.CAPTURE.PENDING, PENDING",
        "PAYMENT.CAPTURE.DENIED, FAILED",
        "PAYMENT.CAPTURE.DECLINED, FAILED",
        "PAYMENT.SALE.PENDING, PENDING",
        "PAYMENT.SALE.DENIED, FAILED"
    })
    void an_attempt_that_is_not_money_yet(String type, AttemptStatus status) {
        assertThat(facts(type, "{'id':'C1','reason_code':'ECHECK'}"))
                .containsExactly(new Fact.Attempt("C1", status, "ECHECK"));
    }

    @ParameterizedTest
    @CsvSource({
        "25.00,USD,2500",
        "25.0,USD,2500",
        "25,USD,2500",
        "2500,JPY,2500",
        "2500.00,HUF,250000",
        "2500,TWD,250000",
        "25.125,TND,25125"
    })
    void amounts_are_decimals_by_value(String value, String currency, long minorUnits) {
        var amount = "'amount':{'value':'" + value + "','currency_code':'" + currency + "'}";

        assertThat(understood("PAYMENT.CAPTURE.COMPLETED", "{'id':'C1'," + amount + "}")
                        .amount())
                .contains(new Money(minorUnits, currency));
    }

    @Test
    void a_fee_in_another_currency_is_left_out() {
        var fee = "'seller_receivable_breakdown':{'paypal_fee':{'value':'1.37','currency_code':'EUR'}}";

        assertThat(facts("PAYMENT.CAPTURE.COMPLETED", "{'id':'C1'," + USD_25 + "," + fee + "}"))
                .containsExactly(new Fact.Captured("C1", usd(2500), Optional.empty()));
    }

    @Test
    void a_refund_meets_its_capture_by_the_link_upwards() {
        var refund = "{'id':'R1','status':'%s'," + USD_25
                + ",'links':[{'rel':'self','href':'https://api.paypal.com/v2/payments/refunds/R1'},"
                + "{'rel':'up','href':'https://api.paypal.com/v2/payments/captures/C1'}],'custom_id':'of the refund'}";

        assertThat(paymentId("PAYMENT.CAPTURE.REFUNDED", refund.formatted("COMPLETED")))
                .isEqualTo("C1");
        assertThat(facts("PAYMENT.CAPTURE.REFUNDED", refund.formatted("COMPLETED")))
                .containsExactly(new Fact.Refund("R1", usd(2500), RefundStatus.SUCCEEDED));
        assertThat(facts("PAYMENT.CAPTURE.REFUNDED", refund.formatted("PENDING")))
                .containsExactly(new Fact.Refund("R1", usd(2500), RefundStatus.PENDING));
        assertThat(facts("PAYMENT.CAPTURE.REFUNDED", refund.formatted("FAILED")))
                .containsExactly(new Fact.Refund("R1", usd(2500), RefundStatus.FAILED));
        assertThat(facts("PAYMENT.CAPTURE.REFUNDED", refund.formatted("CANCELLED")))
                .containsExactly(new Fact.Refund("R1", usd(2500), RefundStatus.CANCELED));
    }

    @Test
    void a_refund_of_a_sale_meets_it_and_may_be_written_with_a_minus() {
        var refund = "{'id':'R1','sale_id':'S1','state':'completed','amount':{'total':'-3.00','currency':'USD'},"
                + "'total_refunded_amount':{'value':'5.00','currency':'USD'}}";

        assertThat(paymentId("PAYMENT.SALE.REFUNDED", refund)).isEqualTo("S1");
        assertThat(facts("PAYMENT.SALE.REFUNDED", refund))
                .containsExactly(
                        new Fact.Refund("R1", usd(300), RefundStatus.SUCCEEDED), new Fact.RefundTotal("S1", usd(500)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PAYMENT.CAPTURE.REVERSED|'links':[{'rel':'up','href':'https://api.paypal.com/v2/payments/captures/C1'}],'id':'T1'",
                "PAYMENT.SALE.REVERSED|'sale_id':'C1','id':'T1'",
                "PAYMENT.SALE.REVERSED|'links':[{'rel':'sale','href':'https://api.paypal.com/v1/payments/sale/C1'}],'id':'T1'"
            })
    void a_reversal_is_a_dispute_lost_and_money_withdrawn(String type, String ids) {
        var resource = "{" + ids + ",'amount':{'value':'-25.00','currency_code':'USD'}}";

        assertThat(paymentId(type, resource)).isEqualTo("C1");
        assertThat(facts(type, resource))
                .containsExactly(
                        new Fact.Dispute("C1", Optional.of(usd(2500)), DisputeStatus.LOST, ""),
                        new Fact.DisputeFunds("T1", usd(2500), DisputeMovement.WITHDRAWN));
    }

    @Test
    void a_sale_is_one_payment_of_a_subscription_where_it_names_one() {
        assertThat(facts("PAYMENT.SALE.COMPLETED", "{'id':'S1'," + SALE_8 + "}"))
                .containsExactly(new Fact.Captured("S1", usd(800), Optional.empty()));
        assertThat(facts("PAYMENT.SALE.COMPLETED", "{'id':'S1'," + SALE_8 + ",'billing_agreement_id':'I-1'}"))
                .contains(new Fact.Invoice(
                        "S1",
                        InvoiceStatus.PAID,
                        Optional.of("paypal/main/I-1"),
                        usd(800),
                        usd(800),
                        Optional.empty(),
                        Optional.empty()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "CUSTOMER.DISPUTE.CREATED |'dispute_life_cycle_stage':'INQUIRY'|INQUIRY",
                "CUSTOMER.DISPUTE.CREATED |'dispute_life_cycle_stage':'CHARGEBACK'|OPEN",
                "CUSTOMER.DISPUTE.UPDATED |'dispute_life_cycle_stage':'PRE_ARBITRATION'|OPEN",
                "CUSTOMER.DISPUTE.UPDATED |'status':'RESOLVED','dispute_outcome':{'outcome_code':'DENIED'}|WON",
                "CUSTOMER.DISPUTE.RESOLVED|'dispute_outcome':{'outcome_code':'RESOLVED_SELLER_FAVOUR'}|WON",
                "CUSTOMER.DISPUTE.RESOLVED|'dispute_outcome':{'outcome_code':'CANCELED_BY_BUYER'}|WON",
                "CUSTOMER.DISPUTE.RESOLVED|'dispute_outcome':{'outcome_code':'RESOLVED_WITH_PAYOUT'}|WON",
                "CUSTOMER.DISPUTE.RESOLVED|'dispute_outcome':{'outcome_code':'RESOLVED_BUYER_FAVOUR'}|LOST",
                "CUSTOMER.DISPUTE.RESOLVED|'dispute_outcome':{'outcome_code':'ACCEPTED'}|LOST",
                "CUSTOMER.DISPUTE.RESOLVED|'dispute_outcome':{'outcome_code':'NONE'}|CLOSED",
                "CUSTOMER.DISPUTE.RESOLVED|'reason':'OTHER'|CLOSED"
            })
    void a_case_as_it_stands(String type, String fields, DisputeStatus status) {
        var resource = "{'dispute_id':'PP-1','disputed_transactions':[{'seller_transaction_id':'C1'}]," + fields + "}";
        var dispute = (Fact.Dispute) facts(type, resource).get(0);

        assertThat(paymentId(type, resource)).isEqualTo("C1");
        assertThat(dispute.id()).isEqualTo("C1");
        assertThat(dispute.status()).isEqualTo(status);
    }

    @Test
    void a_case_about_two_payments_is_told_to_both() {
        var resource = "{'dispute_id':'PP-1','dispute_amount':{'value':'30.00','currency_code':'USD'},"
                + "'disputed_transactions':[{'seller_transaction_id':'C1','gross_amount':{'value':'25.00','currency_code':'USD'}},"
                + "{'seller_transaction_id':'C2','gross_amount':{'value':'5.00','currency_code':'USD'}}]}";

        assertThat(items("CUSTOMER.DISPUTE.CREATED", resource))
                .containsExactly(
                        new Item(0, "paypal/main/C1", "paypal/main/WH-1", "CUSTOMER.DISPUTE.CREATED"),
                        new Item(1, "paypal/main/C2", "paypal/main/WH-1:1", "CUSTOMER.DISPUTE.CREATED"));
        assertThat(facts("CUSTOMER.DISPUTE.CREATED", resource, 0))
                .containsExactly(new Fact.Dispute("C1", Optional.of(usd(2500)), DisputeStatus.OPEN, "", true));
        assertThat(facts("CUSTOMER.DISPUTE.CREATED", resource, 1))
                .containsExactly(new Fact.Dispute("C2", Optional.of(usd(500)), DisputeStatus.OPEN, "", true));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"user_id=u_42&product=premium", "{\\\"user_id\\\":\\\"u_42\\\",\\\"product\\\":\\\"premium\\\"}"
            })
    void several_words_fit_into_one_field(String custom) {
        assertThat(facts("PAYMENT.SALE.COMPLETED", "{'id':'S1'," + SALE_8 + ",'custom':'" + custom + "'}"))
                .contains(
                        new Fact.Reference(ReferenceName.SUBJECT, "u_42"),
                        new Fact.Reference(ReferenceName.PRODUCT, "premium"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CHECKOUT.ORDER.COMPLETED",
                "CHECKOUT.PAYMENT-APPROVAL.REVERSED",
                "VAULT.PAYMENT-TOKEN.CREATED",
                "INVOICING.INVOICE.PAID",
                "SOMETHING.NEW"
            })
    void what_carries_no_fact_is_ignored_by_its_name(String type) {
        assertThat(translated(event(type, "{'id':'X1'}"))).isEqualTo(new Translation.Ignored(type));
    }

    @Test
    void a_late_failure_ranks_below_money_of_the_same_instant() {
        var failed = understood("PAYMENT.CAPTURE.DENIED", "{'id':'C1'," + USD_25 + "}");
        var taken = understood("PAYMENT.CAPTURE.COMPLETED", "{'id':'C1'," + USD_25 + "}");

        assertThat(List.of(failed.sequence(), taken.sequence())).isSorted();
    }
}
