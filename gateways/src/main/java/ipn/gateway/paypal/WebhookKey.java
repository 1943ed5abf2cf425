package ipn.gateway.paypal;

import ipn.gateway.content.Bytes;
import ipn.gateway.signature.JwsAlgorithm;
import ipn.gateway.signature.SignatureKey;
import ipn.settings.Secret;
import java.io.ByteArrayOutputStream;
import java.security.PublicKey;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * PayPal's public key, bound to one of our webhooks.
 *
 * @param secret the webhook's id; not confidential, but it binds a notification to us
 */
record WebhookKey(Secret secret, PublicKey key) implements SignatureKey {

    static WebhookKey of(String webhookId, PublicKey key) {
        return new WebhookKey(new Secret("webhook " + webhookId, new Secret.Value(webhookId), Optional.empty()), key);
    }

    @Override
    public String scheme() {
        return "rsa-sha256";
    }

    @Override
    public String version() {
        return Transmission.VERSION;
    }

    /** @param parts the signed text before the webhook's id, and the signed text after it */
    @Override
    public Predicate<Bytes> check(List<Bytes> parts) {
        var signed = new ByteArrayOutputStream();
        signed.writeBytes(parts.get(0).array());
        signed.writeBytes(secret.utf8());
        signed.writeBytes(parts.get(1).array());
        var text = Bytes.wrap(signed.toByteArray());
        return signature -> JwsAlgorithm.RS256.verifies(key, text, signature);
    }
}
