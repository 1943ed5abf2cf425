package ipn.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

/**
 * Verifies answers that the access service signed, without asking it.
 *
 * @param keys by their ids
 */
public record SignedAnswers(Map<String, PublicKey> keys) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final byte[] X509_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");
    private static final int PARTS = 3;

    public SignedAnswers {
        keys = Map.copyOf(keys);
    }

    /**
     * Reads public keys.
     *
     * @param jwks what {@code GET /.well-known/ipn-access-keys} answers; get it over a connection that you trust, and keep it
     * @throws GeneralSecurityException if a key cannot be read
     */
    public static SignedAnswers of(String jwks) throws GeneralSecurityException {
        var keys = new HashMap<String, PublicKey>();
        for (var key : read(jwks).path("keys")) {
            if (key.path("crv").asText().equals("Ed25519")) {
                keys.put(key.path("kid").asText(), publicKey(key.path("x").asText()));
            }
        }
        return new SignedAnswers(keys);
    }

    private static PublicKey publicKey(String x) throws GeneralSecurityException {
        var encoded = X509_PREFIX.clone();
        var bytes = decoded(x);
        var whole = Arrays.copyOf(encoded, encoded.length + bytes.length);
        System.arraycopy(bytes, 0, whole, encoded.length, bytes.length);
        return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(whole));
    }

    /**
     * The answer as JSON. It held at its {@code at}: how long that is good enough is for the caller to decide.
     *
     * @param jws with media type {@code application/jose}
     * @throws SignatureException if none of the keys signed it
     */
    public String verify(String jws) throws GeneralSecurityException {
        var parts = jws.split("\\.", -1);
        if (parts.length != PARTS) {
            throw new SignatureException("not a compact JWS");
        }
        var header = read(new String(decoded(parts[0]), StandardCharsets.UTF_8));
        var key = keys.get(header.path("kid").asText());
        if (key == null || !header.path("alg").asText().equals("EdDSA") || header.has("crit")) {
            throw new SignatureException("an unknown key or algorithm");
        }
        var signature = Signature.getInstance("Ed25519");
        signature.initVerify(key);
        signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
        if (!signature.verify(decoded(parts[2]))) {
            throw new SignatureException("not signed by this key");
        }
        return new String(decoded(parts[1]), StandardCharsets.UTF_8);
    }

    private static JsonNode read(String json) throws SignatureException {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new SignatureException("not JSON", e);
        }
    }

    private static byte[] decoded(String text) throws SignatureException {
        try {
            return Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw new SignatureException("not Base64", e);
        }
    }
}
