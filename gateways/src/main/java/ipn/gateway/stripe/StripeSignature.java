package ipn.gateway.stripe;

import ipn.gateway.Delivery;
import ipn.gateway.content.Bytes;
import ipn.gateway.signature.SignatureInput;
import ipn.gateway.signature.SignatureKey;
import ipn.gateway.signature.TimedSignature;
import ipn.settings.Secret;
import java.time.Instant;

/**
 * {@code Stripe-Signature: t=<unix seconds>,v1=<hex>[,v1=<hex>]}: HMAC-SHA256 over the seconds, a dot and the body,
 * with one {@code v1} for each of the endpoint's secrets. Other schemes, such as {@code v0} of test events, are not
 * valid signatures and are ignored.
 */
public final class StripeSignature {
    static final String HEADER = "stripe-signature";
    static final String SECRET_PREFIX = "whsec_";

    private static final String SCHEME = "v1";
    private static final TimedSignature FORM = new TimedSignature(HEADER, ",", "t", SCHEME, ".");

    private StripeSignature() {}

    /** Signs a body as Stripe does and returns the header value. Used by tests and simulators. */
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
