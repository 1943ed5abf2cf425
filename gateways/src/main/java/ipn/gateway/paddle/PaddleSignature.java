package ipn.gateway.paddle;

import ipn.gateway.Delivery;
import ipn.gateway.content.Bytes;
import ipn.gateway.signature.SignatureInput;
import ipn.gateway.signature.SignatureKey;
import ipn.gateway.signature.TimedSignature;
import ipn.settings.Secret;
import java.time.Instant;

/**
 * {@code Paddle-Signature: ts=<unix seconds>;h1=<hex>[;h1=<hex>]}: HMAC-SHA256 over the seconds, a colon and the body, one
 * {@code h1} for each of the destination's secrets while they are exchanged. Paddle's Node library keeps only the last
 * {@code h1}, its Python library tries all; so do we.
 */
public final class PaddleSignature {
    static final String HEADER = "paddle-signature";
    static final String SECRET_PREFIX = "pdl_ntfset_";

    private static final String SCHEME = "h1";
    private static final TimedSignature FORM = new TimedSignature(HEADER, ";", "ts", SCHEME, ":");

    private PaddleSignature() {}

    /** The header value Paddle sends with a body: for senders, that is for tests and simulators. */
    public static String sign(byte[] body, String secret, Instant at) {
        return FORM.sign(body, secret, at);
    }

    /** Paddle's secret is a text: its prefix counts, and it is not decoded. */
    static SignatureKey key(Secret secret) {
        return SignatureKey.hmac(secret, SCHEME, Bytes.wrap(secret.utf8()));
    }

    static SignatureInput signatureInput(Delivery delivery) {
        return FORM.signatureInput(delivery);
    }
}
