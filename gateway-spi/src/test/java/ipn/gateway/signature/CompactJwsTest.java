package ipn.gateway.signature;

import static org.assertj.core.api.Assertions.assertThat;

import ipn.gateway.content.Bytes;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CompactJwsTest {
    private static final String PAYLOAD = "{\"a\":1}";
    private static final KeyPair RSA = rsa(2048);
    private static final KeyPair P256 = ec("secp256r1");

    @Test
    void a_token_is_taken_apart() {
        var token = CompactJws.parse(signed("{\"alg\":\"RS256\",\"kid\":\"k1\"}", RSA, "SHA256withRSA"))
                .orElseThrow();

        assertThat(token.header().at("kid").glance()).contains("k1");
        assertThat(token.payload()).isEqualTo(Bytes.utf8(PAYLOAD));
        assertThat(token).hasToString("CompactJws[7 bytes]");
    }

    @Test
    void the_key_that_signed_is_believed() {
        assertThat(signedBy("{\"alg\":\"RS256\"}", RSA, "SHA256withRSA", JwsAlgorithm.RS256))
                .isTrue();
        assertThat(signedBy("{\"alg\":\"ES256\"}", P256, "SHA256withECDSAinP1363Format", JwsAlgorithm.ES256))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"alg\":\"none\"}",
                "{\"alg\":\"HS256\"}",
                "{\"alg\":\"RS512\"}",
                "{\"alg\":\"rs256\"}",
                "{\"alg\":[\"RS256\"]}",
                "{\"alg\":null}",
                "{}",
                "{\"alg\":\"RS256\",\"crit\":[\"exp\"]}",
                "{\"alg\":\"RS256\",\"crit\":null}"
            })
    void a_header_that_asks_for_anything_else_is_not(String header) {
        assertThat(signedBy(header, RSA, "SHA256withRSA", JwsAlgorithm.RS256)).isFalse();
    }

    @Test
    void another_hash_another_key_or_another_curve_is_not() {
        assertThat(signedBy("{\"alg\":\"RS256\"}", RSA, "SHA1withRSA", JwsAlgorithm.RS256))
                .isFalse();
        assertThat(signedBy("{\"alg\":\"ES256\"}", RSA, "SHA256withRSA", JwsAlgorithm.ES256))
                .isFalse();
        assertThat(signedBy("{\"alg\":\"RS256\"}", rsa(1024), "SHA256withRSA", JwsAlgorithm.RS256))
                .isFalse();
        assertThat(signedBy("{\"alg\":\"ES256\"}", ec("secp384r1"), "SHA256withECDSAinP1363Format", JwsAlgorithm.ES256))
                .isFalse();
        assertThat(signedBy("{\"alg\":\"ES256\"}", P256, "SHA256withECDSA", JwsAlgorithm.ES256))
                .isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void another_ones_signature_is_not(JwsAlgorithm algorithm) {
        var jdkName = algorithm == JwsAlgorithm.RS256 ? "SHA256withRSA" : "SHA256withECDSAinP1363Format";
        var signer = algorithm == JwsAlgorithm.RS256 ? rsa(2048) : ec("secp256r1");
        var other = algorithm == JwsAlgorithm.RS256 ? RSA : P256;
        var token = CompactJws.parse(signed("{\"alg\":\"" + algorithm + "\"}", signer, jdkName));

        assertThat(token.orElseThrow().signedBy(other.getPublic(), algorithm)).isFalse();
    }

    @Test
    void a_changed_payload_is_not() {
        var parts = signed("{\"alg\":\"RS256\"}", RSA, "SHA256withRSA").split("\\.", -1);
        var changed = parts[0] + "." + base64Url("{\"a\":2}") + "." + parts[2];

        assertThat(CompactJws.parse(changed).orElseThrow().signedBy(RSA.getPublic(), JwsAlgorithm.RS256))
                .isFalse();
    }

    @Test
    void the_signature_of_zeroes_is_not() {
        var zeroes = Base64.getUrlEncoder().withoutPadding().encodeToString(new byte[64]);
        var token = base64Url("{\"alg\":\"ES256\"}") + "." + base64Url(PAYLOAD) + "." + zeroes;

        assertThat(CompactJws.parse(token).orElseThrow().signedBy(P256.getPublic(), JwsAlgorithm.ES256))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 255, 257})
    void what_is_no_rsa_signature_is_not(int bytes) {
        assertThat(JwsAlgorithm.RS256.verifies(RSA.getPublic(), Bytes.utf8(PAYLOAD), Bytes.wrap(new byte[bytes])))
                .isFalse();
    }

    @Test
    void a_token_has_at_most_100000_characters() {
        var unsigned = base64Url("{\"alg\":\"RS256\"}") + "." + base64Url(PAYLOAD) + ".";
        var token = unsigned + "A".repeat(CompactJws.LENGTH_MAX - unsigned.length());

        assertThat(CompactJws.parse(token)).isPresent();
        assertThat(CompactJws.parse(token + "AAAA")).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("noTokens")
    void what_is_no_token_is_not_read(String text) {
        assertThat(CompactJws.parse(text)).isEmpty();
    }

    static Stream<String> noTokens() {
        var header = base64Url("{\"alg\":\"RS256\"}");
        var payload = base64Url(PAYLOAD);
        return Stream.of(
                "",
                "..",
                header,
                header + "." + payload,
                header + "." + payload + ".",
                header + ".." + payload,
                "." + payload + "." + payload,
                header + "." + payload + "." + payload + "." + payload,
                " " + header + "." + payload + "." + payload,
                header + "." + payload + "." + payload + "\n",
                header + "=." + payload + "." + payload,
                base64Url("[]") + "." + payload + "." + payload,
                base64Url("{\"alg\":\"RS256\",\"alg\":\"none\"}") + "." + payload + "." + payload,
                header + "." + payload + "." + "A".repeat(CompactJws.LENGTH_MAX),
                ".".repeat(50_000));
    }

    private static boolean signedBy(String header, KeyPair key, String jdkName, JwsAlgorithm algorithm) {
        return CompactJws.parse(signed(header, key, jdkName)).orElseThrow().signedBy(key.getPublic(), algorithm);
    }

    private static String signed(String header, KeyPair key, String jdkName) {
        try {
            var signed = base64Url(header) + "." + base64Url(PAYLOAD);
            var signer = Signature.getInstance(jdkName);
            signer.initSign(key.getPrivate());
            signer.update(signed.getBytes(StandardCharsets.US_ASCII));
            return signed + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signer.sign());
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static String base64Url(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static KeyPair rsa(int bits) {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(bits);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static KeyPair ec(String curve) {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec(curve));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
