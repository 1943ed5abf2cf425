package ipn.gateway.shopify;

import static ipn.gateway.shopify.ShopifyUnderTest.listener;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ipn.conformance.GatewayUnderTest;
import ipn.conformance.TestFiles;
import ipn.gateway.Translation;
import ipn.gateway.Verdict.Genuine;
import ipn.gateway.Verdict.Rejected;
import ipn.settings.SettingsException;
import ipn.topics.Reason;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is authentic and yet not taken, and what does not start. */
class ShopifyRefusalsTest {
    private static final Map<String, String> BODIES = Map.of(
            "orders/paid", Bodies.ORDER,
            "order_transactions/create", Bodies.TRANSACTION,
            "disputes/create", Bodies.DISPUTE,
            "orders/risk_assessment_changed", Bodies.RISK,
            "subscription_contracts/update", Bodies.CONTRACT,
            "subscription_billing_attempts/challenged", Bodies.ATTEMPT);

    // spotless:off
    @ParameterizedTest(name = "{0}: {1} -> {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "orders/paid               | '25.00'               | '-25.00'                | INVALID_AMOUNT",
        "orders/paid               | '25.00'               | '1e3'                   | INVALID_AMOUNT",
        "orders/paid               | '25.00'               | '25,00'                 | INVALID_AMOUNT",
        "orders/paid               | '25.00'               | '25.001'                | WRONG_EXPONENT",
        "orders/paid               | '25.00'               | []                      | INVALID_AMOUNT",
        "orders/paid               | '25.00'               | null                    | MISSING_FIELD",
        "orders/paid               | 'currency_code': 'USD' | 'currency_code': 'XXX' | UNKNOWN_CURRENCY",
        "orders/paid               | 'currency_code': 'USD' | 'x': 1                 | MISSING_FIELD",
        "orders/paid               | 'id': 55              | 'id': '5/5'             | INVALID_ID",
        "orders/paid               | 'id': 55              | 'id': null              | INVALID_ID",
        "orders/paid               | 'paid'                | 'brand_new'             | MALFORMED",
        "orders/paid               | 'test': true          | 'test': 'yes'           | MALFORMED",
        "orders/paid               | 'updated_at'          | 'x'                     | MISSING_FIELD",
        "orders/paid               | '2026-09-01T08:00:00-04:00' | 'now'             | INVALID_TIME",
        "orders/paid               | '2026-09-01T08:00:00-04:00' | '2036-09-01T08:00:00-04:00' | TIME_OUT_OF_RANGE",
        "orders/paid               | 'note_attributes': [] | 'note_attributes': [{'name': 'user_id', 'value': ''}] | INVALID_ID",
        "orders/paid               | 'note_attributes': [] | 'note_attributes': [{'name': 'subscription_contract_id', 'value': 'a b'}] | INVALID_ID",
        "orders/paid               | 'refunds': []         | 'refunds': [{'transactions': [{'kind': 'x'}]}] | MALFORMED",
        "order_transactions/create | 'success'             | 'brand_new'             | MALFORMED",
        "order_transactions/create | 'sale'                | 'brand_new'             | MALFORMED",
        "order_transactions/create | 'currency': 'USD'     | 'currency': 'bitcoin'   | UNKNOWN_CURRENCY",
        "order_transactions/create | 'order_id': 55        | 'order_id': null        | INVALID_ID",
        "order_transactions/create | 'id': 66              | 'id': 'six six'         | INVALID_ID",
        "disputes/create           | 'needs_response'      | 'brand_new'             | MALFORMED",
        "disputes/create           | 'amount': '25.00'     | 'amount': null          | MISSING_FIELD",
        "orders/risk_assessment_changed | 'HIGH'           | 'brand_new'             | MALFORMED",
        "subscription_contracts/update | 'active'          | 'brand_new'             | MALFORMED",
        "subscription_contracts/update | '9551835239'      | '99999999999999999999'  | MALFORMED",
        "subscription_contracts/update | '9551835239'      | '-1'                    | MALFORMED",
        "subscription_contracts/update | '9551835239'      | '9999999999999999999'   | MALFORMED",
        "subscription_billing_attempts/challenged | 'k_1'  | ''                      | INVALID_ID"
    })
    // spotless:on
    void a_field_that_makes_no_sense_is_refused_with_its_reason(
            String topic, String sound, String senseless, Reason reason) {
        var body = BODIES.get(topic.strip());
        assertThat(body).contains(sound.strip());
        var changed = body.replace(sound.strip(), senseless.strip());
        var account = listener(topic.strip());
        assertThat(account.refusal(changed)).isEqualTo(reason);
        assertThat(((Translation.Refused) account.translated(changed)).detail())
                .doesNotContain("u_42", "brand_new", "yesterday");
    }

    @ParameterizedTest
    @CsvSource({"'', INVALID_TIME", "yesterday, INVALID_TIME", "2036-09-01T12:00:00Z, TIME_OUT_OF_RANGE"})
    void a_body_without_a_time_needs_a_header_that_has_one(String triggered, Reason reason) {
        assertThat(listener("subscription_contracts/update")
                        .with("x-shopify-triggered-at", triggered)
                        .refusal(Bodies.CONTRACT))
                .isEqualTo(reason);
    }

    @Test
    void after_a_rotation_the_old_secret_counts_for_an_hour() {
        var rotated = GatewayUnderTest.SIGNED_AT;
        var account = new ShopifyUnderTest().accountWhereOldSecretEnds(rotated.plus(Duration.ofHours(1)));
        var delivery = TestFiles.delivery("shopify", "orders.paid");
        assertThat(account.authenticate(delivery, rotated.plus(Duration.ofMinutes(59)))
                        .toCompletableFuture()
                        .join())
                .isInstanceOf(Genuine.class);
        assertThat(account.authenticate(delivery, rotated.plus(Duration.ofMinutes(60)))
                        .toCompletableFuture()
                        .join())
                .isInstanceOf(Rejected.class);
    }

    @Test
    void it_waits_five_seconds() {
        assertThat(listener("orders/paid").account().responseTimeout()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void everything_wrong_with_the_settings_is_said_at_once() {
        assertThatThrownBy(
                        () -> ShopifyUnderTest.open(
                                "{mode: test, shop: 'https://shop.example.com', secrets: ['env:NOBODY', 'test:shpat_0123456789abcdef']}"))
                .isInstanceOf(SettingsException.class)
                .hasMessageContainingAll("shop: ", "env:NOBODY is not set", "is an access token")
                .hasMessageNotContaining("shpat_");
        for (var section : List.of(
                "{mode: test, shop: test-shop.myshopify.com}",
                "{mode: test, secrets: 'env:SHOPIFY'}",
                "{mode: test, secrets: 'test:short', shop: test-shop.myshopify.com}",
                "{mode: live, secrets: 'test:shpss_0123456789abcdef', shop: test-shop.myshopify.com}")) {
            assertThatThrownBy(() -> ShopifyUnderTest.open(section)).isInstanceOf(SettingsException.class);
        }
    }
}
