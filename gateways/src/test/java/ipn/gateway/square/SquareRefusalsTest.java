package ipn.gateway.square;

import static ipn.gateway.square.SquarePaymentsTest.PAYMENT;
import static ipn.gateway.square.SquarePaymentsTest.event;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ipn.conformance.GatewayUnderTest;
import ipn.conformance.Listener;
import ipn.gateway.Delivery;
import ipn.gateway.Translation;
import ipn.gateway.Verdict;
import ipn.gateway.Verdict.Genuine;
import ipn.gateway.Verdict.Rejected;
import ipn.gateway.content.Bytes;
import ipn.settings.SettingsException;
import ipn.topics.Reason;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is not ours, what is authentic and yet not taken, and what does not start. */
class SquareRefusalsTest {
    private static final Listener ACCOUNT = SquareUnderTest.listener("");
    private static final String PAID = event("payment.updated", PAYMENT);

    // spotless:off
    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "'amount': 2500          | 'amount': -1                        | INVALID_AMOUNT",
        "'amount': 2500          | 'amount': '2500'                    | INVALID_AMOUNT",
        "'amount': 2500          | 'amount': 25.5                      | WRONG_EXPONENT",
        "'amount': 2500          | 'x': 1                              | MISSING_FIELD",
        "'currency': 'USD'       | 'currency': 'XXX'                   | UNKNOWN_CURRENCY",
        "'currency': 'USD'       | 'x': 1                              | MISSING_FIELD",
        "'status': 'COMPLETED'   | 'status': 'BRAND_NEW'               | MALFORMED",
        "'status': 'COMPLETED'   | 'x': 1                              | MISSING_FIELD",
        "'status': 'COMPLETED'   | 'status': 'PENDING', 'version': -1  | MALFORMED",
        "'status': 'COMPLETED'   | 'status': 'PENDING', 'version': 1.5 | MALFORMED",
        "'status': 'COMPLETED'   | 'status': 'PENDING', 'version': 1e99 | MALFORMED",
        "'status'                | 'processing_fee': [{}], 'status'    | MISSING_FIELD",
        "'status'                | 'processing_fee': [{'amount_money': {'amount': 1e30, 'currency': 'USD'}}], 'status' | INVALID_AMOUNT",
        "'id': 'pay_1'           | 'id': 'pay 1'                       | INVALID_ID",
        "'id': 'pay_1'           | 'x': 1                              | MISSING_FIELD",
        "'reference_id': 'ord_1' | 'reference_id': ''                  | INVALID_ID",
        "'event_id': 'evt_1'     | 'x': 1                              | MISSING_FIELD",
        "'event_id': 'evt_1'     | 'event_id': 'a b'                   | INVALID_ID",
        "'updated_at': '2026-09-01T12:00:00.831Z' | 'updated_at': 'now' | INVALID_TIME",
        "'updated_at': '2026-09-01T12:00:00.831Z' | 'updated_at': '2036-09-01T12:00:00Z' | TIME_OUT_OF_RANGE",
        "'type': 'payment.updated' | 'type': 'a b'                     | MALFORMED",
        "{'payment': {           | {'other': {                         | MISSING_FIELD"
    })
    // spotless:on
    void a_field_that_makes_no_sense_is_refused_with_its_reason(String sound, String senseless, Reason reason) {
        assertThat(PAID).contains(sound.strip());
        var body = PAID.replace(sound.strip(), senseless.strip());
        assertThat(ACCOUNT.refusal(body)).isEqualTo(reason);
        assertThat(((Translation.Refused) ACCOUNT.translated(body)).detail()).doesNotContain("pay_1", "2500", "ord_1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'charged_through_date': 'soon'",
                "'charged_through_date': '2026-02-30'",
                "'charged_through_date': '2026-10-01', 'timezone': 'Mars/Olympus'"
            })
    void a_day_that_is_none_is_refused(String date) {
        assertThat(ACCOUNT.refusal(event("subscription.updated", "{'id': 's_1', 'status': 'ACTIVE', " + date + "}")))
                .isEqualTo(Reason.INVALID_TIME);
    }

    @Test
    void an_invoice_that_asks_for_nothing_or_in_two_currencies_is_refused() {
        var dollars =
                "{'computed_amount_money': {'amount': 1, 'currency': 'USD'}, 'total_completed_amount_money': {'amount': 1, 'currency': 'USD'}}";
        for (var requests : List.of("", dollars + "," + dollars.replace("USD", "EUR"))) {
            assertThat(ACCOUNT.refusal(event(
                            "invoice.payment_made",
                            "{'id': 'inv_1', 'status': 'PAID', 'payment_requests': [" + requests + "]}")))
                    .isEqualTo(Reason.MALFORMED);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"order.updated", "dispute.evidence.created", "invoice.deleted", "customer.created", "payout.sent"
            })
    void an_event_that_carries_no_fact_keeps_its_name(String type) {
        assertThat(ACCOUNT.translated(event(type, "{}"))).isEqualTo(new Translation.Ignored(type));
        assertThat(ACCOUNT.item(event(type, "{}")).type()).isEqualTo(type);
    }

    @ParameterizedTest
    @CsvSource({
        "test, Sandbox, true",
        "test, sandbox, true",
        "test, Production, false",
        "live, Production, true",
        "live, Sandbox, false",
        "live, '', false",
        "test, Staging, false"
    })
    void the_environment_has_to_be_that_of_the_account(String mode, String environment, boolean taken) {
        var account = new Listener(
                SquareUnderTest.open("{mode: %s, secrets: 'env:SQUARE', url: '%s', merchant: M1}"
                        .formatted(mode, SquareUnderTest.URL)),
                Map.of("square-environment", environment));
        if (taken) {
            assertThat(account.translated(PAID)).isInstanceOf(Translation.Understood.class);
        } else {
            assertThat(account.refusal(PAID)).isEqualTo(Reason.WRONG_MODE);
        }
    }

    @Test
    void an_event_of_another_merchant_is_refused_where_one_is_configured() {
        assertThat(SquareUnderTest.listener(", merchant: M2").refusal(PAID)).isEqualTo(Reason.WRONG_RECEIVER);
        assertThat(SquareUnderTest.listener(", merchant: M1").translated(PAID))
                .isInstanceOf(Translation.Understood.class);
        assertThat(SquareUnderTest.listener(", merchant: [M2, M1]").translated(PAID))
                .isInstanceOf(Translation.Understood.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "http://pay.example.com/hooks/square",
                "https://pay.example.com/hooks/square/",
                "https://pay.example.com:443/hooks/square",
                "https://PAY.example.com/hooks/square"
            })
    void another_spelling_of_the_address_is_another_address(String url) {
        assertThat(judge(url, Map.of())).isInstanceOf(Rejected.class);
    }

    @Test
    void where_the_request_came_in_does_not_matter() {
        var elsewhere = Map.of(
                "host", List.of("10.0.0.7:8080"),
                "x-forwarded-proto", List.of("http"),
                "x-square-signature", List.of("AAAA"));
        assertThat(judge(SquareUnderTest.URL, elsewhere)).isInstanceOf(Genuine.class);
        assertThat(judge("https://10.0.0.7:8080/hooks/square", elsewhere)).isInstanceOf(Rejected.class);
    }

    private static Verdict judge(String signedUrl, Map<String, List<String>> more) {
        var body = "{}".getBytes(UTF_8);
        var headers = new java.util.HashMap<>(more);
        headers.put(
                "x-square-hmacsha256-signature", List.of(SquareSignature.sign(signedUrl, body, SquareUnderTest.KEY)));
        return new SquareUnderTest()
                .account()
                .authenticate(
                        new Delivery(headers, Bytes.wrap(body), GatewayUnderTest.RECEIVED_AT),
                        GatewayUnderTest.SIGNED_AT)
                .toCompletableFuture()
                .join();
    }

    @Test
    void it_waits_ten_seconds() {
        assertThat(ACCOUNT.account().responseTimeout()).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void everything_wrong_with_the_settings_is_said_at_once() {
        assertThatThrownBy(
                        () -> SquareUnderTest.open(
                                "{mode: test, url: 'pay.example.com', subject: me, secrets: ['env:NOBODY', 'test:EAAAEOexample0123456789']}"))
                .isInstanceOf(SettingsException.class)
                .hasMessageContainingAll("url: not a URL", "subject: me", "env:NOBODY is not set", "is an access token")
                .hasMessageNotContaining("EAAA");
        for (var section : List.of(
                "{mode: test, url: 'https://a.example/'}",
                "{mode: test, secrets: 'env:SQUARE'}",
                "{mode: test, secrets: 'test:short', url: 'https://a.example/'}",
                "{mode: test, secrets: 'env:SQUARE', url: 'ftp://a.example/'}",
                "{mode: test, secrets: 'env:SQUARE', url: 'https:// a'}")) {
            assertThatThrownBy(() -> SquareUnderTest.open(section)).isInstanceOf(SettingsException.class);
        }
    }
}
