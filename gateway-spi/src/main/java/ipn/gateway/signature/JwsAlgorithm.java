package ipn.gateway.signature;

import ipn.gateway.content.Bytes;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.function.Predicate;

/**
 * Signature algorithms of RFC 7518, section 3.1, that gateways use. The gateway's adapter determines the algorithm; the name
 * in the token is only compared with it. {@code none} and keyed hashes are not supported.
 */
public enum JwsAlgorithm {
    /** RSA PKCS #1 v1.5 with SHA-256; keys of at least 2048 bits. */
    RS256("SHA256withRSA", JwsAlgorithm::isSoundRsa, signature -> true),
    /** ECDSA on P-256 with SHA-256; the signature is R and S, 32 bytes each. */
    ES256("SHA256withECDSAinP1363Format", JwsAlgorithm::isP256, JwsAlgorithm::isPairOfNumbers);

    private static final int RSA_BITS_MIN = 2048;
    private static final int P256_BYTES = 32;

    private final String jdkName;
    private final Predicate<PublicKey> fits;
    private final Predicate<Bytes> wellFormed;

    JwsAlgorithm(String jdkName, Predicate<PublicKey> fits, Predicate<Bytes> wellFormed) {
        this.jdkName = jdkName;
        this.fits = fits;
        this.wellFormed = wellFormed;
    }

    /** Whether the signature of the bytes was made with the key. Returns false, and never throws, for a key of another kind. */
    public boolean verifies(PublicKey key, Bytes signed, Bytes signature) {
        if (!fits.test(key) || !wellFormed.test(signature)) {
            return false;
        }
        try {
            var verifier = Signature.getInstance(jdkName);
            verifier.initVerify(key);
            verifier.update(signed.array());
            return verifier.verify(signature.array());
        } catch (GeneralSecurityException e) {
            return false; // not a signature of this kind
        }
    }

    private static boolean isSoundRsa(PublicKey key) {
        return key instanceof RSAPublicKey rsa && rsa.getModulus().bitLength() >= RSA_BITS_MIN;
    }

    private static boolean isP256(PublicKey key) {
        return key instanceof ECPublicKey ec
                && ec.getParams().getCurve().getField().getFieldSize() == P256_BYTES * 8;
    }

    /** JDKs before 17.0.3 accept R = S = 0 as a signature of any bytes (CVE-2022-21449). */
    private static boolean isPairOfNumbers(Bytes signature) {
        return signature.size() == 2 * P256_BYTES
                && anyBitSet(signature.array(), 0)
                && anyBitSet(signature.array(), P256_BYTES);
    }

    private static boolean anyBitSet(byte[] bytes, int from) {
        var bits = 0;
        for (var i = from; i < from + P256_BYTES; i++) {
            bits |= bytes[i];
        }
        return bits != 0;
    }
}
