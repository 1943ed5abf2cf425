package ipn.gateway.razorpay;

import ipn.gateway.content.Bytes;
import ipn.gateway.signature.HeaderSignature;
import ipn.gateway.signature.HeaderSignature.Encoding;

/**
 * {@code X-Razorpay-Signature}: HMAC-SHA256 over the body in hex. An event is sent again for 24 hours and keeps the secret
 * it was first signed with, so an old secret has to count for a day after it was replaced.
 */
public final class RazorpaySignature {
    static final String HEADER = "x-razorpay-signature";
    static final HeaderSignature SCHEME = new HeaderSignature(HEADER, Encoding.HEX);

    private RazorpaySignature() {}

    /** The header value Razorpay sends with a body: for senders, that is for tests and simulators. */
    public static String sign(byte[] body, String secret) {
        return SCHEME.sign(Bytes.wrap(body), secret);
    }
}
