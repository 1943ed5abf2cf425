package ipn.gateway.signature;

import ipn.gateway.content.Bytes;
import java.security.GeneralSecurityException;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The keyed hashes that gateways use for signatures. */
public enum Hmac {
    SHA256("HmacSHA256", "hmac-sha256"),
    /** Used by Braintree; still secure as a keyed hash. */
    SHA1("HmacSHA1", "hmac-sha1");

    private final String algorithm;
    private final String scheme;

    Hmac(String algorithm, String scheme) {
        this.algorithm = algorithm;
        this.scheme = scheme;
    }

    /** The name shown with a stored notification. */
    public String scheme() {
        return scheme;
    }

    /** The HMAC over the concatenated parts; the key must not be empty. */
    public Bytes over(byte[] key, List<Bytes> parts) {
        try {
            var mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(key, algorithm));
            parts.forEach(part -> mac.update(part.array()));
            return Bytes.wrap(mac.doFinal());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + algorithm, e);
        }
    }
}
