package ipn.gateway.googleplay;

import ipn.gateway.content.Bytes;
import ipn.gateway.content.JsonField;
import ipn.gateway.content.JsonShape;
import ipn.gateway.content.StrictDecoding;
import ipn.gateway.content.StrictJson;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.RSAPublicKeySpec;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Parses a JSON Web Key Set (RFC 7517). */
final class Jwks {
    /** Google publishes two or three keys. */
    private static final int KEYS_MAX = 32;

    private static final int RSA_BITS_MIN = 2048;
    private static final int RSA_BITS_MAX = 8192;

    private Jwks() {}

    /** The RSA keys for RS256 signatures, by key id, without unsuitable keys and without ids that occur more than once. */
    static Map<String, PublicKey> rsaKeys(Bytes body) {
        var keys = new HashMap<String, PublicKey>();
        var names = new HashMap<String, Integer>();
        for (var entry : entries(body)) {
            var kid = entry.at("kid").glance().filter(GoogleKeys::isKeyId);
            kid.ifPresent(name -> names.merge(name, 1, Integer::sum));
            kid.ifPresent(name -> rsaKey(entry).ifPresent(key -> keys.put(name, key)));
        }
        keys.keySet().removeIf(name -> names.getOrDefault(name, 0) > 1);
        return Map.copyOf(keys);
    }

    private static List<JsonField> entries(Bytes body) {
        return StrictJson.glance(body, JsonShape.WHOLE)
                .map(set -> set.at("keys").elements())
                .filter(all -> all.size() <= KEYS_MAX)
                .orElse(List.of());
    }

    private static Optional<PublicKey> rsaKey(JsonField entry) {
        var fits = entry.at("kty").glance().equals(Optional.of("RSA"))
                && entry.at("use").glance().filter(use -> !use.equals("sig")).isEmpty()
                && entry.at("alg").glance().filter(alg -> !alg.equals("RS256")).isEmpty();
        return fits
                ? number(entry.at("n")).flatMap(n -> number(entry.at("e")).flatMap(e -> rsaKey(n, e)))
                : Optional.empty();
    }

    private static Optional<PublicKey> rsaKey(BigInteger modulus, BigInteger exponent) {
        var sound = modulus.bitLength() >= RSA_BITS_MIN
                && modulus.bitLength() <= RSA_BITS_MAX
                && exponent.testBit(0)
                && exponent.compareTo(BigInteger.TWO) > 0
                && exponent.bitLength() <= 32;
        try {
            return sound
                    ? Optional.of(KeyFactory.getInstance("RSA").generatePublic(new RSAPublicKeySpec(modulus, exponent)))
                    : Optional.empty();
        } catch (GeneralSecurityException e) {
            return Optional.empty();
        }
    }

    private static Optional<BigInteger> number(JsonField field) {
        return field.glance()
                .filter(text -> text.length() <= 2_000)
                .flatMap(StrictDecoding::base64Url)
                .map(bytes -> new BigInteger(1, bytes.array()));
    }
}
