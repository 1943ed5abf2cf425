package ipn.gateway.square;

import ipn.gateway.content.Bytes;
import ipn.gateway.signature.HeaderSignature;
import ipn.gateway.signature.HeaderSignature.Encoding;

/**
 * {@code x-square-hmacsha256-signature}: HMAC-SHA256 in base64 over the notification URL and the body. The URL is the one
 * registered at Square, letter by letter, and never that of the request: whatever stands before us may change it. The key is
 * taken as text. {@code x-square-signature} (SHA-1) is ignored.
 */
public final class SquareSignature {
    static final String HEADER = "x-square-hmacsha256-signature";

    private SquareSignature() {}

    /** The header value Square sends with a body: for senders, that is for tests and simulators. */
    public static String sign(String url, byte[] body, String key) {
        return scheme(url).sign(Bytes.wrap(body), key);
    }

    static HeaderSignature scheme(String url) {
        return new HeaderSignature(HEADER, Encoding.BASE64, Bytes.utf8(url));
    }
}
