package ipn.gateway.coinbase;

import ipn.gateway.Delivery;
import ipn.gateway.Verdict.Reason;
import ipn.gateway.content.Bytes;
import ipn.gateway.signature.HeaderSignature;
import ipn.gateway.signature.HeaderSignature.Encoding;
import ipn.gateway.signature.SignatureInput;
import ipn.gateway.signature.SignatureInput.Absent;
import ipn.gateway.signature.SignatureKey;
import ipn.gateway.signature.TimedSignature;
import ipn.settings.Secret;
import java.time.Instant;

/**
 * Two schemes. Commerce: {@code X-CC-Webhook-Signature: <hex>}, HMAC-SHA256 over the body alone. Successors:
 * {@code X-Hook0-Signature: t=<unix seconds>,v0=<hex>[,h=<names>,v1=<hex>]}, where {@code v0} is HMAC-SHA256 over the seconds,
 * a dot and the body. The computation of {@code v1} is not confirmed, so it is ignored.
 */
public final class CoinbaseSignature {
    static final String COMMERCE_HEADER = "x-cc-webhook-signature";
    static final String HOOK0_HEADER = "x-hook0-signature";

    private static final String HOOK0 = "v0";
    private static final HeaderSignature COMMERCE_FORM = new HeaderSignature(COMMERCE_HEADER, Encoding.HEX);
    private static final TimedSignature HOOK0_FORM = new TimedSignature(HOOK0_HEADER, ",", "t", HOOK0, ".");

    private CoinbaseSignature() {}

    /** The value of {@code X-CC-Webhook-Signature}: for senders, that is for tests and simulators. */
    public static String signCommerce(byte[] body, String secret) {
        return COMMERCE_FORM.sign(Bytes.wrap(body), secret);
    }

    /** The value of {@code X-Hook0-Signature}: for senders, that is for tests and simulators. */
    public static String signHook0(byte[] body, String secret, Instant at) {
        return HOOK0_FORM.sign(body, secret, at);
    }

    /** Keys of the two kinds have different versions, so neither is ever used to verify the other's signatures. */
    static SignatureKey commerceKey(Secret secret) {
        return COMMERCE_FORM.key(secret);
    }

    static SignatureKey hook0Key(Secret secret) {
        return SignatureKey.hmac(secret, HOOK0, Bytes.wrap(secret.utf8()));
    }

    /** Coinbase never sends both headers; a delivery with both is ambiguous and rejected. */
    static SignatureInput signatureInput(Delivery delivery) {
        if (delivery.headers(COMMERCE_HEADER).isEmpty()) {
            return HOOK0_FORM.signatureInput(delivery);
        }
        return delivery.headers(HOOK0_HEADER).isEmpty()
                ? COMMERCE_FORM.signatureInput(delivery)
                : new Absent(Reason.SIGNATURE_AMBIGUOUS);
    }
}
