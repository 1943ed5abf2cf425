package ipn.access;

import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;

/**
 * Signs answers with Ed25519, as compact JWS (RFC 7515, RFC 8037).
 *
 * @param publicKey as a JSON Web Key; its id is its thumbprint (RFC 7638)
 */
public record AnswerSigner(PrivateKey key, JsonObject publicKey) {
    private static final String ALGORITHM = "Ed25519";
    private static final int KEY_LENGTH = 32;
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    /**
     * A signer with a private key.
     *
     * @param pem as {@code openssl genpkey -algorithm ed25519} writes it
     * @throws GeneralSecurityException if it is no such key
     */
    public static AnswerSigner of(String pem) throws GeneralSecurityException {
        try {
            var encoded = Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""));
            var key = KeyFactory.getInstance(ALGORITHM).generatePrivate(new PKCS8EncodedKeySpec(encoded));
            return new AnswerSigner(key, publicKeyOf((EdECPrivateKey) key));
        } catch (IllegalArgumentException e) {
            throw new GeneralSecurityException("not PEM", e);
        }
    }

    /** The JDK computes a public key only where it generates a pair: it gets the private key in place of random bytes. */
    private static JsonObject publicKeyOf(EdECPrivateKey key) throws GeneralSecurityException {
        var bytes = key.getBytes().orElseThrow();
        var generator = KeyPairGenerator.getInstance(ALGORITHM);
        generator.initialize(NamedParameterSpec.ED25519, new SecureRandom() {
            private static final long serialVersionUID = 1L;

            @Override
            public void nextBytes(byte[] into) {
                System.arraycopy(bytes, 0, into, 0, into.length);
            }
        });
        var encoded = generator.generateKeyPair().getPublic().getEncoded();
        var x = BASE64.encodeToString(Arrays.copyOfRange(encoded, encoded.length - KEY_LENGTH, encoded.length));
        var required = "{\"crv\":\"Ed25519\",\"kty\":\"OKP\",\"x\":\"%s\"}".formatted(x);
        var thumbprint = MessageDigest.getInstance("SHA-256").digest(required.getBytes(StandardCharsets.US_ASCII));
        return new JsonObject(required)
                .put("alg", "EdDSA")
                .put("use", "sig")
                .put("kid", BASE64.encodeToString(thumbprint));
    }

    /** The signed answer. */
    public String sign(JsonObject answer) throws GeneralSecurityException {
        var header = new JsonObject()
                .put("alg", "EdDSA")
                .put("typ", "ipn-access+json")
                .put("kid", publicKey.getString("kid"));
        var signed = encoded(header) + "." + encoded(answer);
        var signature = Signature.getInstance(ALGORITHM);
        signature.initSign(key);
        signature.update(signed.getBytes(StandardCharsets.US_ASCII));
        return signed + "." + BASE64.encodeToString(signature.sign());
    }

    private static String encoded(JsonObject json) {
        return BASE64.encodeToString(json.encode().getBytes(StandardCharsets.UTF_8));
    }

    /** Without the private key. */
    @Override
    public String toString() {
        return "AnswerSigner[" + publicKey.getString("kid") + "]";
    }
}
