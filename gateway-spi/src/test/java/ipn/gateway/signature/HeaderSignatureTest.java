package ipn.gateway.signature;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ipn.gateway.Delivery;
import ipn.gateway.Verdict;
import ipn.gateway.Verdict.Genuine;
import ipn.gateway.Verdict.Reason;
import ipn.gateway.Verdict.Rejected;
import ipn.gateway.content.Bytes;
import ipn.gateway.signature.HeaderSignature.Encoding;
import ipn.settings.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeaderSignatureTest {
    private static final String SECRET = "a secret of 24 letters..";
    private static final Instant NOW = Instant.parse("2026-09-01T12:00:00Z");
    private static final Bytes BODY = Bytes.utf8("{\"note\":\"Zo\u00eb \u2603\"}");
    private static final HeaderSignature HEX = new HeaderSignature("x-sign", Encoding.HEX);
    private static final HeaderSignature BASE64 = new HeaderSignature("x-sign", Encoding.BASE64);

    @ParameterizedTest
    @EnumSource(Encoding.class)
    void what_it_signs_it_believes(Encoding encoding) {
        var signature = new HeaderSignature("x-sign", encoding);
        for (var body : List.of(BODY, Bytes.utf8(""), Bytes.wrap(new byte[] {(byte) 0xff, 0, 13, 10}))) {
            assertThat(judge(signature, signature.sign(body, SECRET), body)).isInstanceOf(Genuine.class);
        }
    }

    @Test
    void what_stands_before_the_body_is_signed_with_it() {
        var prefixed = new HeaderSignature("x-sign", Encoding.HEX, Bytes.utf8("https://a.example/"));
        assertThat(judge(prefixed, prefixed.sign(BODY, SECRET), BODY)).isInstanceOf(Genuine.class);
        assertThat(judge(prefixed, HEX.sign(BODY, SECRET), BODY)).isEqualTo(new Rejected(Reason.SIGNATURE_WRONG));
        assertThat(judge(HEX, prefixed.sign(BODY, SECRET), BODY)).isEqualTo(new Rejected(Reason.SIGNATURE_WRONG));
    }

    @Test
    void a_genuine_signature_shortened_lengthened_or_written_otherwise_is_not_believed() {
        var hex = HEX.sign(BODY, SECRET);
        for (var length = 1; length < 32; length++) {
            assertThat(judge(HEX, hex.substring(0, 2 * length), BODY)).isEqualTo(new Rejected(Reason.SIGNATURE_WRONG));
        }
        for (var other : List.of(
                hex + "00",
                hex.toUpperCase(Locale.ROOT),
                " " + hex,
                hex + " ",
                "sha256=" + hex,
                BASE64.sign(BODY, SECRET))) {
            assertThat(judge(HEX, other, BODY)).isInstanceOf(Rejected.class);
        }
        var base64 = BASE64.sign(BODY, SECRET);
        for (var other : List.of(
                base64.replace("=", ""), base64 + "=", base64 + "\n", " " + base64, base64.replace('/', '_'), hex)) {
            if (!other.equals(base64)) {
                assertThat(judge(BASE64, other, BODY)).as(other).isInstanceOf(Rejected.class);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"zz", "abc", "0x00", "\u0661\u0661", "=", "====", "sha256=", "null", "{}"})
    void what_is_no_signature_is_malformed(String header) {
        assertThat(judge(HEX, header, BODY)).isEqualTo(new Rejected(Reason.SIGNATURE_MALFORMED));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\0", "null", "a secret of 24 letters", "A secret of 24 letters.."})
    void another_key_is_another_key(String key) {
        // HMAC pads keys with zeros, so one zero byte is the empty key
        assertThat(judge(HEX, HEX.sign(BODY, key), BODY)).isEqualTo(new Rejected(Reason.SIGNATURE_WRONG));
    }

    @Test
    void it_signs_no_time_so_it_is_believed_whenever_it_comes() {
        var signature = HEX.sign(BODY, SECRET);
        for (var now : List.of(NOW.minus(Duration.ofDays(900)), NOW.plus(Duration.ofDays(900)))) {
            assertThat(authenticator(HEX).judge(delivery(signature, BODY), now)).isInstanceOf(Genuine.class);
        }
    }

    @Test
    void no_header_a_blank_one_or_two_prove_nothing() {
        var right = HEX.sign(BODY, SECRET);
        assertThat(judge(List.of())).isEqualTo(new Rejected(Reason.SIGNATURE_MISSING));
        assertThat(judge(List.of(" "))).isEqualTo(new Rejected(Reason.SIGNATURE_MISSING));
        assertThat(judge(List.of(right, right))).isEqualTo(new Rejected(Reason.SIGNATURE_AMBIGUOUS));
    }

    private static Verdict judge(List<String> headers) {
        return authenticator(HEX).judge(new Delivery(Map.of("x-sign", headers), BODY, NOW), NOW);
    }

    private static Verdict judge(HeaderSignature signature, String header, Bytes body) {
        return authenticator(signature).judge(delivery(header, body), NOW);
    }

    private static Delivery delivery(String header, Bytes body) {
        return new Delivery(Map.of("x-sign", List.of(header)), body, NOW);
    }

    private static SignatureAuthenticator authenticator(HeaderSignature signature) {
        var secrets = Settings.parse("secrets: 'env:S'", Map.of("S", SECRET), Path.of(""))
                .secrets("secrets", false, SECRET.getBytes(UTF_8).length);
        var keys = secrets.stream().map(signature::key).toList();
        return new SignatureAuthenticator(keys, Duration.ZERO, signature::signatureInput);
    }
}
