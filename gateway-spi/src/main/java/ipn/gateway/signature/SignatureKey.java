package ipn.gateway.signature;

import ipn.gateway.content.Bytes;
import ipn.settings.Secret;
import java.util.List;
import java.util.function.Predicate;

/**
 * One key that signatures are checked with. What a key can check is fixed by the settings; nothing a delivery says can
 * turn one kind of key into another.
 */
public interface SignatureKey {
    /** Where the key came from and until when it counts. */
    Secret secret();

    /** How it signs, as shown beside a stored notification: {@code hmac-sha256}. */
    String scheme();

    /** The version under which a claim lists signatures of this kind. */
    String version();

    /** What a signature of this key over the parts, taken as one, has to pass. */
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
