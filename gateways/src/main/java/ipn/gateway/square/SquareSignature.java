package ipn.gateway.square;

import ipn.gateway.content.Bytes;
import ipn.gateway.signature.HeaderSignature;
import ipn.gateway.signature.HeaderSignature.Encoding;

/**
 * {@code x-square-hmacsha256-signature}: HMAC-SHA256 in base64 over the notification URL and the body. The URL is
 * exactly the one registered at Square and never that of the request, because a proxy may change the latter. The key is
 * used as text. {@code x-square-signature} (SHA-1) is ignored.
 */
public final class SquareSignature {
    static final String HEADER = "x-square-hmacsha256-signature";

    private SquareSignature() {}

    /** Signs a body as Square does and returns the header value. Used by tests and simulators. */
    public static String sign(String url, byte[] body, String key) {
        return scheme(url).sign(Bytes.wrap(body), key);
    }

    static HeaderSignature scheme(String url) {
        return new HeaderSignature(HEADER, Encoding.BASE64, Bytes.utf8(url));
    }
}
