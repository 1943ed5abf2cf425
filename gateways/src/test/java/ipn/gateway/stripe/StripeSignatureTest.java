package ipn.gateway.stripe;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.stripe.net.Webhook;
import ipn.conformance.GatewayUnderTest;
import ipn.conformance.TestAccounts;
import ipn.conformance.evidence.Oracle;
import ipn.conformance.evidence.Proves;
import ipn.evidence.Proof;
import ipn.gateway.Delivery;
import ipn.gateway.Verdict;
import ipn.gateway.Verdict.Genuine;
import ipn.gateway.Verdict.Reason;
import ipn.gateway.Verdict.Rejected;
import ipn.gateway.content.Bytes;
import ipn.gateway.signature.Hmac;
import ipn.settings.SettingsException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The header, and Stripe's own library as a witness both ways. */
class StripeSignatureTest {
    private static final Instant NOW = GatewayUnderTest.SIGNED_AT;
    private static final String BODY = "{\"note\":\"Zo\u00eb \u2603 \ud83d\ude00\"}";
    private static final byte[] BYTES = BODY.getBytes(UTF_8);
    private static final String GOOD = StripeSignature.sign(BYTES, StripeUnderTest.SECRET, NOW);
    private static final String V1 = GOOD.substring(GOOD.indexOf("v1="));

    @Test
    @Proves(Proof.SDK)
    @Oracle("com.stripe:stripe-java")
    void stripes_library_accepts_what_we_sign() throws Exception {
        assertThat(Webhook.Signature.verifyHeader(
                        BODY, GOOD, StripeUnderTest.SECRET, 300, Clock.fixed(NOW, ZoneOffset.UTC)))
                .isTrue();
    }

    @Test
    @Proves(Proof.SDK)
    @Oracle("com.stripe:stripe-java")
    void we_accept_what_stripes_library_signs() throws Exception {
        for (var body : List.of(BODY, "{}", "", "\r\n", "x".repeat(100_000))) {
            var header = Webhook.Signature.generateSignatureHeader(body, StripeUnderTest.SECRET, NOW.getEpochSecond());
            assertThat(judge(header, body.getBytes(UTF_8))).isInstanceOf(Genuine.class);
        }
    }

    @Test
    void several_signatures_and_fakes_beside_the_right_one_are_fine() {
        var wrong = "v1=" + "0".repeat(64);
        for (var header : List.of(
                GOOD + "," + wrong,
                "t=1788264000," + wrong + "," + V1,
                GOOD + ",v0=" + "0".repeat(64),
                GOOD + ",v9=x",
                GOOD + ",v1=zz")) {
            assertThat(judge(header, BYTES)).as(header).isInstanceOf(Genuine.class);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "v1=",
                "v1",
                "t=1788264000",
                "t=1788264000,v1=",
                "t=1788264000,v1=zz",
                "garbage",
                "=",
                ",",
                ",,,",
                "t=1788264000,v1=abc",
                "t=1788264000,v0=",
                "t=1788264000;v1=00",
                "t=1788264000, v1=00"
            })
    void a_header_without_a_time_and_a_signature_is_malformed(String header) {
        assertThat(judge(header, BYTES)).isEqualTo(new Rejected(Reason.SIGNATURE_MALFORMED));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-1",
                "+1788264000",
                "01788264000",
                " 1788264000",
                "1788264000 ",
                "1788264000.0",
                "9223372036854775808",
                "x",
                "\u0661\u0667"
            })
    void a_time_that_is_not_plainly_a_number_is_malformed(String time) {
        assertThat(judge("t=" + time + "," + V1, BYTES)).isEqualTo(new Rejected(Reason.SIGNATURE_MALFORMED));
    }

    @Test
    void two_times_are_one_too_many() {
        assertThat(judge("t=1788264000," + GOOD, BYTES)).isEqualTo(new Rejected(Reason.SIGNATURE_MALFORMED));
    }

    @Test
    void a_genuine_signature_shortened_lengthened_or_in_capitals_is_wrong() {
        for (var length = 1; length < 32; length++) {
            assertThat(judge(GOOD.substring(0, GOOD.length() - 2 * length), BYTES))
                    .isInstanceOf(Rejected.class);
        }
        assertThat(judge(GOOD + "00", BYTES)).isEqualTo(new Rejected(Reason.SIGNATURE_WRONG));
        assertThat(judge("t=1788264000,v1=" + V1.substring(3).toUpperCase(java.util.Locale.ROOT), BYTES))
                .isEqualTo(new Rejected(Reason.SIGNATURE_MALFORMED));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"\0", "null", "whsec_", "test_5Nq8cVJ2mT0bR7xLw3KdYpZ1", "whsec_test_another_endpoint_00001"})
    void another_key_is_another_key(String key) {
        // HMAC pads keys with zeros, so one zero byte is the empty key
        assertThat(judge(StripeSignature.sign(BYTES, key, NOW), BYTES)).isEqualTo(new Rejected(Reason.SIGNATURE_WRONG));
    }

    @Test
    void the_deprecated_scheme_alone_proves_nothing() {
        assertThat(judge(GOOD.replace("v1=", "v0="), BYTES)).isEqualTo(new Rejected(Reason.SIGNATURE_MALFORMED));
    }

    @Test
    void the_time_is_part_of_what_is_signed() {
        var unsigned = HexFormat.of()
                .formatHex(Hmac.SHA256
                        .over(StripeUnderTest.SECRET.getBytes(UTF_8), List.of(Bytes.wrap(BYTES)))
                        .array());
        assertThat(judge("t=1788264000,v1=" + unsigned, BYTES)).isEqualTo(new Rejected(Reason.SIGNATURE_WRONG));
        assertThat(judge(GOOD.replace("t=1788264000", "t=1788264001"), BYTES))
                .isEqualTo(new Rejected(Reason.SIGNATURE_WRONG));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sk_live_51TESTtestTESTtest",
                "rk_test_51TESTtestTESTtest",
                "WHSEC_test_5Nq8cVJ2mT0bR7xLw3KdYpZ1",
                "5Nq8cVJ2mT0bR7xLw3KdYpZ1"
            })
    void what_is_no_signing_secret_does_not_start(String secret) {
        assertThatThrownBy(() -> TestAccounts.open("stripe", "{mode: test, secrets: 'env:KEY'}", Map.of("KEY", secret)))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("signing secret")
                .hasMessageNotContaining(secret);
    }

    @Test
    void more_signatures_than_anybody_sends_are_not_tried() {
        assertThat(judge(GOOD + ("," + V1).repeat(15), BYTES)).isInstanceOf(Genuine.class);
        assertThat(judge(GOOD + ("," + V1).repeat(16), BYTES)).isEqualTo(new Rejected(Reason.SIGNATURE_MALFORMED));
    }

    private static Verdict judge(String header, byte[] body) {
        var delivery = new Delivery(Map.of("stripe-signature", List.of(header)), Bytes.wrap(body), NOW);
        return new StripeUnderTest()
                .account()
                .authenticate(delivery, NOW)
                .toCompletableFuture()
                .join();
    }
}
