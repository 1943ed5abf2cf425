package ipn.gateway.razorpay;

import ipn.gateway.content.Bytes;
import ipn.gateway.signature.HeaderSignature;
import ipn.gateway.signature.HeaderSignature.Encoding;

/**
 * {@code X-Razorpay-Signature}: HMAC-SHA256 over the body in hex. Razorpay retries an event for 24 hours and keeps
 * signing it with the original secret, so a replaced secret must remain active for one day.
 */
public final class RazorpaySignature {
    static final String HEADER = "x-razorpay-signature";
    static final HeaderSignature SCHEME = new HeaderSignature(HEADER, Encoding.HEX);

    private RazorpaySignature() {}

    /** Signs a body as Razorpay does and returns the header value. Used by tests and simulators. */
    public static String sign(byte[] body, String secret) {
        return SCHEME.sign(Bytes.wrap(body), secret);
    }
}
