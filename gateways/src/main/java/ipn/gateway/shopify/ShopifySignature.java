package ipn.gateway.shopify;

import ipn.gateway.Delivery;
import ipn.gateway.Verdict.Reason;
import ipn.gateway.content.Bytes;
import ipn.gateway.signature.HeaderSignature;
import ipn.gateway.signature.HeaderSignature.Encoding;
import ipn.gateway.signature.SignatureInput;
import ipn.gateway.signature.SignatureInput.Absent;
import java.util.List;

/**
 * {@code X-Shopify-Hmac-Sha256}, or {@code shopify-hmac-sha256}: HMAC-SHA256 in base64 over the body, with the app's
 * client secret. After a rotation of the secret, Shopify may sign with the old one for an hour.
 */
public final class ShopifySignature {
    static final List<HeaderSignature> SCHEMES = ShopifyHeaders.FAMILIES.stream()
            .map(family -> new HeaderSignature(family + ShopifyHeaders.SIGNATURE, Encoding.BASE64))
            .toList();

    private ShopifySignature() {}

    /** Signs a body as Shopify does and returns the header value. Used by tests and simulators. */
    public static String sign(byte[] body, String secret) {
        return SCHEMES.get(0).sign(Bytes.wrap(body), secret);
    }

    static SignatureInput signatureInput(Delivery delivery) {
        var present = SCHEMES.stream()
                .filter(scheme -> !delivery.headers(scheme.header()).isEmpty())
                .toList();
        return present.size() > 1
                ? new Absent(Reason.SIGNATURE_AMBIGUOUS)
                : present.isEmpty()
                        ? new Absent(Reason.SIGNATURE_MISSING)
                        : present.get(0).signatureInput(delivery);
    }
}
