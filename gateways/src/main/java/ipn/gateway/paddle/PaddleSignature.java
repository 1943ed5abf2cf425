package ipn.gateway.paddle;

import ipn.gateway.Delivery;
import ipn.gateway.content.Bytes;
import ipn.gateway.signature.SignatureInput;
import ipn.gateway.signature.SignatureKey;
import ipn.gateway.signature.TimedSignature;
import ipn.settings.Secret;
import java.time.Instant;

/**
 * {@code Paddle-Signature: ts=<unix seconds>;h1=<hex>[;h1=<hex>]}: HMAC-SHA256 over the seconds, a colon and the body.
 * During a secret rotation there is one {@code h1} for each secret of the destination. Paddle's Node library checks
 * only the last {@code h1}; its Python library and this class check all.
 */
public final class PaddleSignature {
    static final String HEADER = "paddle-signature";
    static final String SECRET_PREFIX = "pdl_ntfset_";

    private static final String SCHEME = "h1";
    private static final TimedSignature FORM = new TimedSignature(HEADER, ";", "ts", SCHEME, ":");

    private PaddleSignature() {}

    /** Signs a body as Paddle does and returns the header value. Used by tests and simulators. */
    public static String sign(byte[] body, String secret, Instant at) {
        return FORM.sign(body, secret, at);
    }

    /** The key is the whole secret as text, prefix included; it is not decoded. */
    static SignatureKey key(Secret secret) {
        return SignatureKey.hmac(secret, SCHEME, Bytes.wrap(secret.utf8()));
    }

    static SignatureInput signatureInput(Delivery delivery) {
        return FORM.signatureInput(delivery);
    }
}
