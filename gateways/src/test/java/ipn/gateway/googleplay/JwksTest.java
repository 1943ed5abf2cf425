package ipn.gateway.googleplay;

import static org.assertj.core.api.Assertions.assertThat;

import ipn.gateway.content.Bytes;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How much a set of keys may hold, and how large a key may be. */
class JwksTest {
    private static final byte[] MODULUS = modulus(2048);
    private static final String EXPONENT = "AQAB";

    @ParameterizedTest
    @CsvSource({"2047, false", "2048, true", "8192, true", "8193, false"})
    void a_modulus_has_2048_to_8192_bits(int bits, boolean isKey) {
        assertThat(isKey(modulus(bits), EXPONENT)).isEqualTo(isKey);
    }

    @ParameterizedTest
    @CsvSource({"1, false", "2, false", "3, true", "65536, false", "4294967295, true", "4294967297, false"})
    void an_exponent_is_odd_above_two_and_of_at_most_32_bits(long exponent, boolean isKey) {
        var bytes = BigInteger.valueOf(exponent).toByteArray();
        assertThat(isKey(MODULUS, TestGoogle.base64Url(bytes))).isEqualTo(isKey);
    }

    @ParameterizedTest
    @CsvSource({"1500, true", "1501, false"})
    void a_number_has_at_most_2000_characters_zeros_before_it_included(int bytes, boolean isKey) {
        var padded = new byte[bytes];
        System.arraycopy(MODULUS, 0, padded, bytes - MODULUS.length, MODULUS.length);
        assertThat(isKey(padded, EXPONENT)).isEqualTo(isKey);
    }

    @ParameterizedTest
    @CsvSource({"32, 32", "33, 0"})
    void a_set_has_at_most_32_keys(int entries, int keys) {
        assertThat(Jwks.rsaKeys(set(entries, MODULUS, EXPONENT))).hasSize(keys);
    }

    @Test
    void a_key_id_is_plain_and_of_at_most_100_characters() {
        assertThat(GoogleKeys.isKeyId("aZ0_.-")).isTrue();
        assertThat(GoogleKeys.isKeyId("a".repeat(100))).isTrue();
        assertThat(GoogleKeys.isKeyId("a".repeat(101))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "../a", "a/b", "a b", "a\n", "\u00e4"})
    void what_is_not_plain_is_no_key_id(String text) {
        assertThat(GoogleKeys.isKeyId(text)).isFalse();
    }

    private static boolean isKey(byte[] modulus, String exponent) {
        return Jwks.rsaKeys(set(1, modulus, exponent)).containsKey("k0");
    }

    private static Bytes set(int entries, byte[] modulus, String exponent) {
        var entry = "{\"kty\":\"RSA\",\"kid\":\"k%d\",\"n\":\"%s\",\"e\":\"%s\"}";
        return Bytes.utf8(IntStream.range(0, entries)
                .mapToObj(i -> entry.formatted(i, TestGoogle.base64Url(modulus), exponent))
                .collect(Collectors.joining(",", "{\"keys\":[", "]}")));
    }

    /** Odd, of that many bits, without a sign. */
    private static byte[] modulus(int bits) {
        var bytes = BigInteger.ONE.shiftLeft(bits - 1).add(BigInteger.ONE).toByteArray();
        return bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes;
    }
}
