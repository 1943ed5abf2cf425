package ipn.gateway.standardwebhooks;

import ipn.gateway.content.Bytes;
import ipn.gateway.content.StrictDecoding;
import ipn.gateway.signature.SignatureKey;
import ipn.settings.Secret;
import ipn.settings.Settings;
import java.util.List;
import java.util.Optional;

/** Converts an account's secrets to keys. The prefix of the secret determines the kind of key, never a delivery. */
final class StandardWebhooksKeys {
    static final String SYMMETRIC = "whsec_";
    static final String PUBLIC = "whpk_";
    static final String PRIVATE = "whsk_";
    private static final int HMAC_BYTES_MIN = 24;
    private static final int HMAC_BYTES_MAX = 64;

    private StandardWebhooksKeys() {}

    /** The keys of the secrets; an invalid secret is added to the problems of the settings. */
    static List<SignatureKey> keys(List<Secret> secrets, Settings settings) {
        return secrets.stream()
                .flatMap(secret -> {
                    var key = key(secret);
                    if (key.isEmpty()) {
                        settings.problems()
                                .add(
                                        settings.full("secrets"),
                                        secret.id() + " is not a valid key",
                                        "whsec_ and 24 to 64 bytes in base64, or whpk_ and a public key of 32");
                    }
                    return key.stream();
                })
                .toList();
    }

    /** The bytes after the prefix of a secret. */
    static Optional<Bytes> decode(String secret) {
        var end = secret.indexOf('_') + 1;
        return List.of(SYMMETRIC, PUBLIC, PRIVATE).contains(secret.substring(0, end))
                ? StrictDecoding.base64(secret.substring(end))
                : Optional.empty();
    }

    private static Optional<SignatureKey> key(Secret secret) {
        var bytes = decode(secret.text());
        if (secret.text().startsWith(SYMMETRIC)) {
            return bytes.filter(key -> key.size() >= HMAC_BYTES_MIN && key.size() <= HMAC_BYTES_MAX)
                    .map(key -> SignatureKey.hmac(secret, StandardWebhooksSignature.V1, key));
        }
        if (secret.text().startsWith(PUBLIC)) {
            return bytes.flatMap(Ed25519::publicKey).map(key -> new Ed25519.Key(secret, key));
        }
        return Optional.empty();
    }
}
