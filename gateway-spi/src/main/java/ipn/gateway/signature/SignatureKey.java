package ipn.gateway.signature;

import ipn.gateway.content.Bytes;
import ipn.settings.Secret;
import java.util.List;
import java.util.function.Predicate;

/**
 * One key for the verification of signatures. The settings determine the kind of the key; nothing in a delivery can turn one
 * kind of key into another.
 */
public interface SignatureKey {
    /** The source of the key and the end of its validity. */
    Secret secret();

    /** The scheme, as shown with a stored notification: {@code hmac-sha256}. */
    String scheme();

    /** The version under which a claim lists signatures of this kind. */
    String version();

    /** The check that a signature of this key over the concatenated parts must pass. */
    Predicate<Bytes> check(List<Bytes> parts);

    /** A key whose signature is HMAC-SHA256. */
    static SignatureKey hmac(Secret secret, String version, Bytes key) {
        return new HmacKey(secret, version, key, Hmac.SHA256);
    }

    /** A key whose signature is a keyed hash. */
    record HmacKey(Secret secret, String version, Bytes key, Hmac hash) implements SignatureKey {
        public HmacKey {
            if (key.size() == 0) {
                throw new IllegalArgumentException("key: empty (expected: at least one byte)");
            }
        }

        @Override
        public String scheme() {
            return hash.scheme();
        }

        @Override
        public Predicate<Bytes> check(List<Bytes> parts) {
            return hash.over(key.array(), parts)::equals; // constant time, see Bytes
        }

        @Override
        public String toString() {
            return "HmacKey[" + secret + "]";
        }
    }
}
