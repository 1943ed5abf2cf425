package ipn.gateway.paypal;

import static ipn.gateway.paypal.PayPalSays.event;
import static ipn.gateway.paypal.PayPalSays.translated;
import static org.assertj.core.api.Assertions.assertThat;

import ipn.gateway.Translation;
import ipn.gateway.paypal.PayPalUnderTest.Senseless;
import ipn.topics.Reason;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is PayPal's word and makes no sense, or is not for us. */
class PayPalRefusalsTest {
    static Stream<Senseless> senseless() {
        // spotless:off
        return Stream.of(
                captured("an amount that is a number",  "'amount':{'value':25.00,'currency_code':'USD'}",       Reason.INVALID_AMOUNT),
                captured("a negative capture",          "'amount':{'value':'-25.00','currency_code':'USD'}",    Reason.INVALID_AMOUNT),
                captured("a comma in an amount",        "'amount':{'value':'25,00','currency_code':'USD'}",     Reason.INVALID_AMOUNT),
                captured("an amount out of all bounds", "'amount':{'value':'1e400','currency_code':'USD'}",     Reason.INVALID_AMOUNT),
                captured("a tenth of a cent",           "'amount':{'value':'25.001','currency_code':'USD'}",    Reason.WRONG_EXPONENT),
                captured("half a yen",                  "'amount':{'value':'25.5','currency_code':'JPY'}",      Reason.WRONG_EXPONENT),
                captured("half a forint",               "'amount':{'value':'25.5','currency_code':'HUF'}",      Reason.WRONG_EXPONENT),
                captured("a currency nobody has",       "'amount':{'value':'25.00','currency_code':'XXX'}",     Reason.UNKNOWN_CURRENCY),
                captured("no currency",                 "'amount':{'value':'25.00'}",                           Reason.MISSING_FIELD),
                captured("no amount",                   "'status':'COMPLETED'",                                 Reason.MISSING_FIELD),
                captured("a subject with a line break", "'amount':{'value':'1.00','currency_code':'USD'},'custom_id':'a\\nb'", Reason.INVALID_ID),
                new Senseless("no id of a capture",  event("PAYMENT.CAPTURE.COMPLETED", "{'amount':{'value':'1','currency_code':'USD'}}"), Reason.MISSING_FIELD),
                new Senseless("an id with a slash",  event("PAYMENT.CAPTURE.COMPLETED", "{'id':'a/b','amount':{'value':'1','currency_code':'USD'}}"), Reason.INVALID_ID),
                new Senseless("no resource",         event("PAYMENT.CAPTURE.COMPLETED", "null"),                   Reason.MISSING_FIELD),
                new Senseless("no time",             "{'id':'WH-1','event_type':'PAYMENT.CAPTURE.COMPLETED','resource':{'id':'1'}}", Reason.MISSING_FIELD),
                new Senseless("a time that is none", "{'id':'WH-1','event_type':'PAYMENT.CAPTURE.COMPLETED','create_time':'today','resource':{'id':'1'}}", Reason.INVALID_TIME),
                new Senseless("a far future",        "{'id':'WH-1','event_type':'PAYMENT.CAPTURE.COMPLETED','create_time':'2999-01-01T00:00:00Z','resource':{'id':'1'}}", Reason.TIME_OUT_OF_RANGE),
                new Senseless("no event id",         "{'event_type':'PAYMENT.CAPTURE.COMPLETED','create_time':'2026-09-01T12:00:00Z','resource':{'id':'1'}}", Reason.MISSING_FIELD),
                new Senseless("no type",             "{'id':'WH-1'}",                                           Reason.MISSING_FIELD),
                new Senseless("a type with blanks",  event("payment done", "{}"),                               Reason.MALFORMED),
                new Senseless("a refund half done",  event("PAYMENT.CAPTURE.REFUNDED", "{'id':'R','status':'HALF','amount':{'value':'1','currency_code':'USD'}}"), Reason.MALFORMED),
                new Senseless("a case about nothing", event("CUSTOMER.DISPUTE.CREATED", "{'dispute_id':'PP-1','disputed_transactions':[]}"), Reason.MALFORMED),
                new Senseless("an unknown outcome",  event("CUSTOMER.DISPUTE.RESOLVED", "{'dispute_id':'PP-1','disputed_transactions':[{'seller_transaction_id':'C'}],'dispute_outcome':{'outcome_code':'DRAW'}}"), Reason.MALFORMED),
                new Senseless("an unknown standing", event("BILLING.SUBSCRIPTION.UPDATED", "{'id':'I-1','status':'ASLEEP'}"), Reason.MALFORMED));
        // spotless:on
    }

    private static Senseless captured(String name, String fields, Reason reason) {
        return new Senseless(name, event("PAYMENT.CAPTURE.COMPLETED", "{'id':'C1'," + fields + "}"), reason);
    }

    @ParameterizedTest
    @MethodSource
    void senseless(Senseless senseless) {
        assertThat(reason(translated(senseless.event()))).isEqualTo(senseless.reason());
    }

    @Test
    void a_refusal_says_where_and_never_what() {
        var refused = (Translation.Refused) translated(
                event("PAYMENT.CAPTURE.COMPLETED", "{'id':'C1','amount':{'value':'25.001','currency_code':'USD'}}"));

        assertThat(refused.detail()).startsWith("/resource/amount/value: ").doesNotContain("25.001");
    }

    @Test
    void money_of_another_merchant_is_refused_where_the_account_is_for_one() {
        var account = PayPalUnderTest.open(
                "{mode: test, webhook-id: 8TE57W3BHOOK00001, merchant-id: [TESTMERCHANT1, TESTMERCHANT2]}");
        var captured = event(
                "PAYMENT.CAPTURE.COMPLETED",
                "{'id':'C1','amount':{'value':'1.00','currency_code':'USD'},'payee':{'merchant_id':'%s'}}");
        var disputed = event(
                "CUSTOMER.DISPUTE.CREATED",
                "{'dispute_id':'PP-1','disputed_transactions':[{'seller_transaction_id':'C1','seller':{'merchant_id':'%s'}}]}");

        assertThat(translated(account, captured.formatted("TESTMERCHANT2"))).isInstanceOf(Translation.Understood.class);
        assertThat(reason(translated(account, captured.formatted("TESTMERCHANT3"))))
                .isEqualTo(Reason.WRONG_RECEIVER);
        assertThat(reason(translated(account, disputed.formatted("TESTMERCHANT3"))))
                .isEqualTo(Reason.WRONG_RECEIVER);
        assertThat(translated(captured.formatted("TESTMERCHANT3"))).isInstanceOf(Translation.Understood.class);
        var approved = event(
                "CHECKOUT.ORDER.APPROVED",
                "{'id':'O1','purchase_units':[{'payee':{'merchant_id':'TESTMERCHANT1'}},{'payee':{'merchant_id':'%s'}}]}");
        assertThat(translated(account, approved.formatted("TESTMERCHANT2"))).isInstanceOf(Translation.Understood.class);
        assertThat(reason(translated(account, approved.formatted("TESTMERCHANT3"))))
                .isEqualTo(Reason.WRONG_RECEIVER);
    }

    private static Reason reason(Translation translation) {
        return ((Translation.Refused) translation).reason();
    }
}
