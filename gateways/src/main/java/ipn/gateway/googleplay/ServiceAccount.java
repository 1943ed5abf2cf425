package ipn.gateway.googleplay;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import ipn.gateway.content.Bytes;
import ipn.gateway.content.JsonField;
import ipn.gateway.content.JsonShape;
import ipn.gateway.content.StrictDecoding;
import ipn.gateway.content.StrictJson;
import ipn.settings.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.RSAPrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/** A service account of Google's cloud: who asks the Android Publisher API, and the key that proves it. */
final class ServiceAccount {
    /** Fewer characters hold no RSA key. */
    static final int LENGTH_MIN = 1_000;

    private static final String SCOPE = "https://www.googleapis.com/auth/androidpublisher";
    private static final Duration ASSERTION_LIVES = Duration.ofHours(1);
    private static final int RSA_BITS_MIN = 2048;

    private final String email;
    private final String keyId;
    private final PrivateKey key;

    private ServiceAccount(String email, String keyId, PrivateKey key) {
        this.email = email;
        this.keyId = keyId;
        this.key = key;
    }

    /** Reads the JSON file that Google hands out with a key; empty where it is something else. */
    static Optional<ServiceAccount> read(Secret secret) {
        return StrictJson.glance(Bytes.wrap(secret.utf8()), JsonShape.WHOLE)
                .filter(file -> file.at("type").glance().equals(Optional.of("service_account")))
                .flatMap(ServiceAccount::read);
    }

    private static Optional<ServiceAccount> read(JsonField file) {
        var email = file.at("client_email").glance().filter(text -> !text.isBlank());
        var keyId = file.at("private_key_id").glance().filter(text -> !text.isBlank());
        var key = file.at("private_key").glance().flatMap(ServiceAccount::key);
        return email.isEmpty() || keyId.isEmpty() || key.isEmpty()
                ? Optional.empty()
                : Optional.of(new ServiceAccount(email.get(), keyId.get(), key.get()));
    }

    private static Optional<PrivateKey> key(String pem) {
        var base64 = pem.replaceAll("-----(BEGIN|END) PRIVATE KEY-----|\\s", "");
        try {
            var encoded = StrictDecoding.base64(base64);
            return encoded.isEmpty() ? Optional.empty() : sound(encoded.get());
        } catch (GeneralSecurityException e) {
            return Optional.empty();
        }
    }

    private static Optional<PrivateKey> sound(Bytes pkcs8) throws GeneralSecurityException {
        var key = KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(pkcs8.array()));
        return key instanceof RSAPrivateKey rsa && rsa.getModulus().bitLength() >= RSA_BITS_MIN
                ? Optional.of(key)
                : Optional.empty();
    }

    /** What Google gives an access token for (RFC 7523): signed, good once and for an hour. */
    String assertion(Instant now) {
        var header = JsonNodeFactory.instance
                .objectNode()
                .put("alg", "RS256")
                .put("typ", "JWT")
                .put("kid", keyId);
        var claims = JsonNodeFactory.instance
                .objectNode()
                .put("iss", email)
                .put("scope", SCOPE)
                .put("aud", AccessTokens.URL.toString())
                .put("iat", now.getEpochSecond())
                .put("exp", now.plus(ASSERTION_LIVES).getEpochSecond());
        var signed = base64Url(header.toString().getBytes(StandardCharsets.UTF_8))
                + "."
                + base64Url(claims.toString().getBytes(StandardCharsets.UTF_8));
        return signed + "." + base64Url(signature(signed.getBytes(StandardCharsets.US_ASCII)));
    }

    private byte[] signature(byte[] signed) {
        try {
            var signer = Signature.getInstance("SHA256withRSA");
            signer.initSign(key);
            signer.update(signed);
            return signer.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has SHA256withRSA", e);
        }
    }

    private static String base64Url(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    @Override
    public String toString() {
        return "ServiceAccount";
    }
}
