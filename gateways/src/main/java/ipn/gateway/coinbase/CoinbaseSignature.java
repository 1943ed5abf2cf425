package ipn.gateway.coinbase;

import ipn.gateway.Delivery;
import ipn.gateway.Verdict.Reason;
import ipn.gateway.content.Bytes;
import ipn.gateway.signature.HeaderSignature;
import ipn.gateway.signature.HeaderSignature.Encoding;
import ipn.gateway.signature.SignatureInput;
import ipn.gateway.signature.SignatureInput.Absent;
import ipn.gateway.signature.SignatureKey;
import ipn.settings.Secret;
import java.time.Instant;
import java.util.SortedMap;
import java.util.function.Function;

/**
 * Two schemes. Commerce: {@code X-CC-Webhook-Signature: <hex>}, HMAC-SHA256 over the body alone. Successors: {@code
 * X-Hook0-Signature}, see {@link Hook0Signature}.
 */
public final class CoinbaseSignature {
    static final String COMMERCE_HEADER = "x-cc-webhook-signature";

    private static final HeaderSignature COMMERCE_FORM = new HeaderSignature(COMMERCE_HEADER, Encoding.HEX);

    private CoinbaseSignature() {}

    /** The value of {@code X-CC-Webhook-Signature}: for senders, that is for tests and simulators. */
    public static String signCommerce(byte[] body, String secret) {
        return COMMERCE_FORM.sign(Bytes.wrap(body), secret);
    }

    /**
     * The value of {@code X-Hook0-Signature}: for senders, that is for tests and simulators.
     *
     * @param headers those that are signed, by lower-case name; sent with the same values
     */
    public static String signHook0(byte[] body, String secret, Instant at, SortedMap<String, String> headers) {
        return Hook0Signature.sign(body, secret, at, headers);
    }

    /** Keys of the two kinds have different versions, so neither is ever used to verify the other's signatures. */
    static SignatureKey commerceKey(Secret secret) {
        return COMMERCE_FORM.key(secret);
    }

    /** Of a delivery that is received. */
    static SignatureInput signatureInput(Delivery delivery) {
        return signatureInput(delivery, Hook0Signature::signatureInput);
    }

    /** Of a delivery that was stored. */
    static SignatureInput storedSignatureInput(Delivery delivery) {
        return signatureInput(delivery, Hook0Signature::storedSignatureInput);
    }

    /** Coinbase never sends both headers; a delivery with both is ambiguous and rejected. */
    private static SignatureInput signatureInput(Delivery delivery, Function<Delivery, SignatureInput> hook0) {
        if (delivery.headers(COMMERCE_HEADER).isEmpty()) {
            return hook0.apply(delivery);
        }
        return delivery.headers(Hook0Signature.HEADER).isEmpty()
                ? COMMERCE_FORM.signatureInput(delivery)
                : new Absent(Reason.SIGNATURE_AMBIGUOUS);
    }
}
