package ipn.gateway.coinbase;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ipn.conformance.GatewayUnderTest;
import ipn.conformance.evidence.Proves;
import ipn.evidence.Proof;
import ipn.gateway.Delivery;
import ipn.gateway.GatewayAccount;
import ipn.gateway.Verdict;
import ipn.gateway.Verdict.Genuine;
import ipn.gateway.Verdict.Reason;
import ipn.gateway.Verdict.Rejected;
import ipn.gateway.content.Bytes;
import ipn.gateway.signature.Hmac;
import ipn.settings.SettingsException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two headers, two schemes, and what neither proves. */
class CoinbaseSignatureTest {
    private static final Instant NOW = GatewayUnderTest.SIGNED_AT;
    private static final byte[] BODY = "{\"id\":\"1\"}".getBytes(UTF_8);
    private static final String COMMERCE = CoinbaseSignature.signCommerce(BODY, CoinbaseUnderTest.COMMERCE);

    /** Computed outside this project, with openssl, as is every other literal here. */
    private static final String HOOK0 = "t=1788264000,"
            + "v0=e547f9a0db2ee90fd84948cd0f4170a5c02ae5d104f6413f443a0b1eb3e3f030,"
            + "h=content-type x-event-id x-event-type,"
            + "v1=92fe8802827fee353f4460afc89c17bf60561dcde52edd9f480c418996566ebb";

    @Test
    void either_scheme_is_believed_and_says_which_secret_it_was() {
        assertThat(commerce(COMMERCE)).isEqualTo(new Genuine("hmac-sha256", "env:CC"));
        assertThat(hook0(HOOK0, NOW)).isEqualTo(new Genuine("hmac-sha256", "env:CDP"));
    }

    @Test
    void a_sender_signs_the_body_or_the_time_the_headers_and_the_body() {
        assertThat(CoinbaseSignature.signCommerce(BODY, CoinbaseUnderTest.COMMERCE))
                .isEqualTo("accee3d43877eb1e416b9b1820857762ca11ffbd4e0814e4137029e59df8a3c4");
        assertThat(CoinbaseSignature.signHook0(BODY, CoinbaseUnderTest.HOOK0, NOW, CoinbaseUnderTest.SIGNED))
                .isEqualTo(HOOK0);
    }

    @Test
    void what_both_headers_claim_is_not_judged() {
        var both = new Delivery(
                Map.of("x-cc-webhook-signature", List.of(COMMERCE), "x-hook0-signature", List.of(HOOK0)),
                Bytes.wrap(BODY),
                NOW);
        assertThat(judge(new CoinbaseUnderTest().account(), both, NOW))
                .isEqualTo(new Rejected(Reason.SIGNATURE_AMBIGUOUS));
    }

    @Test
    @Proves(Proof.SKEW)
    void the_signed_time_may_be_five_minutes_off() {
        var most = Duration.ofMinutes(5);
        assertThat(hook0(HOOK0, NOW.plus(most))).isInstanceOf(Genuine.class);
        assertThat(hook0(HOOK0, NOW.minus(most))).isInstanceOf(Genuine.class);
        assertThat(hook0(HOOK0, NOW.plus(most).plusMillis(1))).isEqualTo(new Rejected(Reason.SIGNED_OUTSIDE_TOLERANCE));
        assertThat(hook0(HOOK0.replace("1788264000", "1788264001"), NOW))
                .isEqualTo(new Rejected(Reason.SIGNATURE_WRONG));
    }

    @Test
    void a_secret_counts_for_its_own_scheme_only() {
        var swapped = CoinbaseUnderTest.open("{mode: test, secrets: 'env:CDP', cdp-secrets: 'env:CC'}");
        assertThat(judge(swapped, delivery("x-cc-webhook-signature", COMMERCE), NOW))
                .isEqualTo(new Rejected(Reason.SIGNATURE_WRONG));
        assertThat(judge(swapped, CoinbaseUnderTest.hook0(Bytes.wrap(BODY), HOOK0, NOW), NOW))
                .isEqualTo(new Rejected(Reason.SIGNATURE_WRONG));
        var cdpOnly = CoinbaseUnderTest.open("{mode: test, cdp-secrets: 'env:CDP'}");
        assertThat(judge(cdpOnly, CoinbaseUnderTest.hook0(Bytes.wrap(BODY), HOOK0, NOW), NOW))
                .isInstanceOf(Genuine.class);
        assertThat(judge(cdpOnly, delivery("x-cc-webhook-signature", COMMERCE), NOW))
                .isEqualTo(new Rejected(Reason.SIGNATURE_WRONG));
    }

    @ParameterizedTest
    @ValueSource(strings = {"sha256=", "abc", "zz", "0x00", "00 ", " 00", "00,00"})
    void what_is_not_plain_hex_is_malformed(String value) {
        assertThat(commerce(value)).isEqualTo(new Rejected(Reason.SIGNATURE_MALFORMED));
    }

    @Test
    void shortened_capital_and_foreign_signatures_are_not_believed() {
        for (var length = 2; length < 64; length += 2) {
            assertThat(commerce(COMMERCE.substring(length))).isEqualTo(new Rejected(Reason.SIGNATURE_WRONG));
        }
        assertThat(commerce(COMMERCE.toUpperCase(Locale.ROOT))).isEqualTo(new Rejected(Reason.SIGNATURE_MALFORMED));
        // HMAC pads keys with zeros, so one zero byte is the empty key
        var empty = HexFormat.of()
                .formatHex(
                        Hmac.SHA256.over(new byte[1], List.of(Bytes.wrap(BODY))).array());
        assertThat(commerce(empty)).isEqualTo(new Rejected(Reason.SIGNATURE_WRONG));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{mode: test}",
                "{secrets: 'env:CC'}",
                "{mode: test, secrets: 'env:NOBODY'}",
                "{mode: test, cdp-secrets: 'env:NOBODY'}",
                "{mode: test, cdp-secrets: []}",
                "{mode: test, secrets: 'test:short'}",
                "{mode: live, cdp-secrets: 'test:0123456789abcdef'}"
            })
    void an_account_without_a_real_secret_does_not_start(String section) {
        assertThatThrownBy(() -> CoinbaseUnderTest.open(section))
                .isInstanceOf(SettingsException.class)
                .hasMessageNotContaining("0123456789abcdef");
    }

    private static Verdict commerce(String value) {
        return judge(new CoinbaseUnderTest().account(), delivery("x-cc-webhook-signature", value), NOW);
    }

    private static Verdict hook0(String value, Instant now) {
        return judge(new CoinbaseUnderTest().account(), CoinbaseUnderTest.hook0(Bytes.wrap(BODY), value, NOW), now);
    }

    private static Delivery delivery(String header, String value) {
        return new Delivery(Map.of(header, List.of(value)), Bytes.wrap(BODY), NOW);
    }

    private static Verdict judge(GatewayAccount account, Delivery delivery, Instant now) {
        return account.authenticate(delivery, now).toCompletableFuture().join();
    }
}
