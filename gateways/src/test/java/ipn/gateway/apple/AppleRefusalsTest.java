package ipn.gateway.apple;

import static ipn.gateway.apple.AppleSays.says;
import static org.assertj.core.api.Assertions.assertThat;

import ipn.conformance.GatewayUnderTest;
import ipn.gateway.Delivery;
import ipn.gateway.GatewayAccount;
import ipn.gateway.Translation;
import ipn.gateway.apple.AppleUnderTest.Senseless;
import ipn.gateway.content.Bytes;
import ipn.topics.Reason;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is Apple's word and makes no sense, or is not for us. */
class AppleRefusalsTest {
    private static final GatewayAccount LIVE =
            AppleUnderTest.open("{mode: live, bundle-id: com.example.social, app-apple-id: [123, 456]}");

    static Stream<Senseless> senseless() {
        // spotless:off
        return Stream.of(
                renewed("a price that is a text",         "price",                "'8000'",     Reason.INVALID_AMOUNT),
                renewed("a negative price",               "price",                "-8000",      Reason.INVALID_AMOUNT),
                renewed("a price out of all bounds",      "price",                "1E400",      Reason.INVALID_AMOUNT),
                renewed("a tenth of a cent",              "price",                "8001",       Reason.WRONG_EXPONENT),
                renewed("half a milliunit",               "price",                "8000.5",     Reason.WRONG_EXPONENT),
                renewed("no currency",                    "currency",             "",           Reason.MISSING_FIELD),
                renewed("a currency nobody has",          "currency",             "'XXX'",      Reason.UNKNOWN_CURRENCY),
                renewed("no transaction id",              "transactionId",        "",           Reason.MISSING_FIELD),
                renewed("a transaction id with a slash",  "transactionId",        "'a/b'",      Reason.INVALID_ID),
                renewed("no original transaction",        "originalTransactionId", "",          Reason.MISSING_FIELD),
                renewed("no end of the period",           "expiresDate",          "",           Reason.MISSING_FIELD),
                renewed("an end in seconds",              "expiresDate",          "1788264",    Reason.TIME_OUT_OF_RANGE),
                renewed("an end in a hundred years",      "expiresDate",          "4943937600000", Reason.TIME_OUT_OF_RANGE),
                renewed("an end that is a text",          "expiresDate",          "'tomorrow'", Reason.INVALID_TIME),
                renewed("a subject with a line break",    "appAccountToken",      "'a\\nb'",    Reason.INVALID_ID),
                renewed("a transaction of another app",   "bundleId",             "'com.evil'", Reason.WRONG_RECEIVER),
                renewed("a transaction of other money",   "environment",          "'Production'", Reason.WRONG_MODE),
                new Senseless("another app",        says("DID_RENEW").data("bundleId", "'com.evil'"),         Reason.WRONG_RECEIVER),
                new Senseless("no app",             says("DID_RENEW").data("bundleId", ""),                   Reason.MISSING_FIELD),
                new Senseless("live money",         says("DID_RENEW").data("environment", "'Production'"),    Reason.WRONG_MODE),
                new Senseless("no mode",            says("DID_RENEW").data("environment", ""),                Reason.MISSING_FIELD),
                new Senseless("an unknown status",  says("DID_RENEW").data("status", "6"),                    Reason.MALFORMED),
                new Senseless("a refund of nothing", says("REFUND").transaction("revocationPercentage", "0"), Reason.INVALID_AMOUNT),
                new Senseless("a refund of more than all", says("REFUND").transaction("revocationPercentage", "100001"), Reason.INVALID_AMOUNT),
                new Senseless("a part of who knows what", says("REFUND").transaction("price", "").transaction("revocationPercentage", "50000"), Reason.MISSING_FIELD),
                new Senseless("a refund of some of it", says("REFUND").transaction("revocationType", "'REFUND_PRORATED'"), Reason.MISSING_FIELD),
                new Senseless("a type that is none", says("did renew"),                                       Reason.MALFORMED));
        // spotless:on
    }

    private static Senseless renewed(String name, String field, String value, Reason reason) {
        return new Senseless(name, says("DID_RENEW").transaction(field, value), reason);
    }

    @ParameterizedTest
    @MethodSource
    void senseless(Senseless senseless) {
        assertThat(senseless.said().translated())
                .isInstanceOfSatisfying(
                        Translation.Refused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(senseless.reason()));
    }

    @Test
    void a_refusal_says_where_and_never_what() {
        var refused = (Translation.Refused)
                says("DID_RENEW").transaction("price", "8001").translated();

        assertThat(refused.detail())
                .startsWith("/signedPayload/data/signedTransactionInfo/price: ")
                .doesNotContain("8001");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"signedPayload\":\"a.b\"}", "{\"signedPayload\":7}", "[]", ""})
    void a_body_without_a_token_is_refused_and_has_keys(String body) {
        var delivery = new Delivery(Map.of(), Bytes.utf8(body), GatewayUnderTest.RECEIVED_AT);

        assertThat(LIVE.translate(delivery, LIVE.identify(delivery).get(0))).isInstanceOf(Translation.Refused.class);
    }

    @Test
    void a_notification_from_the_future_is_refused() {
        assertThat(reason(says("DID_RENEW")
                        .at(Instant.parse("2027-01-01T00:00:00Z"))
                        .translated()))
                .isEqualTo(Reason.TIME_OUT_OF_RANGE);
    }

    @Test
    void in_production_the_app_is_known_by_its_number_too() {
        assertThat(produced("456").translated(LIVE)).isInstanceOf(Translation.Understood.class);
        assertThat(reason(produced("789").translated(LIVE))).isEqualTo(Reason.WRONG_RECEIVER);
        assertThat(reason(produced("").translated(LIVE))).isEqualTo(Reason.MISSING_FIELD);
    }

    @Test
    void what_was_bought_in_the_sandbox_is_not_for_live_accounts() {
        assertThat(reason(says("DID_RENEW").translated(LIVE))).isEqualTo(Reason.WRONG_MODE);
    }

    private static AppleSays produced(String appleId) {
        return says("DID_RENEW")
                .data("environment", "'Production'")
                .data("appAppleId", appleId)
                .transaction("environment", "'Production'");
    }

    static Reason reason(Translation translation) {
        return ((Translation.Refused) translation).reason();
    }
}
