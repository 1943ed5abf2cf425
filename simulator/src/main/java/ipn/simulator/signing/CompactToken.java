package ipn.simulator.signing;

import static java.nio.charset.StandardCharsets.UTF_8;

import ipn.gateway.content.Bytes;
import java.util.Base64;

/** Signed tokens in compact form, as RFC 7515 writes them. */
public final class CompactToken {
    private CompactToken() {}

    /**
     * Header, payload and signature, joined by dots.
     *
     * @param key PKCS #8 in base64
     */
    public static String of(Bytes header, Bytes payload, KeySignature signature, String key) {
        var signed = base64Url(header.array()) + "." + base64Url(payload.array());
        return signed + "." + base64Url(signature.sign(key, signed.getBytes(UTF_8)));
    }

    private static String base64Url(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
