package ipn.gateway.signature;

import ipn.gateway.content.Bytes;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
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
    /** Looking an algorithm up in the providers takes as long as the hash of a small body. */
    private final ThreadLocal<Mac> macs;

    Hmac(String algorithm, String scheme) {
        this.algorithm = algorithm;
        this.scheme = scheme;
        this.macs = ThreadLocal.withInitial(() -> create(algorithm));
    }

    private static Mac create(String algorithm) {
        try {
            return Mac.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has " + algorithm, e);
        }
    }

    /** The name shown with a stored notification. */
    public String scheme() {
        return scheme;
    }

    /** The HMAC over the concatenated parts; the key must not be empty. */
    public Bytes over(byte[] key, List<Bytes> parts) {
        var mac = macs.get();
        try {
            mac.init(new SecretKeySpec(key, algorithm)); // forgets what was begun before
        } catch (InvalidKeyException e) {
            throw new IllegalStateException("every key is valid for " + algorithm, e);
        }
        parts.forEach(part -> mac.update(part.array()));
        return Bytes.wrap(mac.doFinal());
    }
}
