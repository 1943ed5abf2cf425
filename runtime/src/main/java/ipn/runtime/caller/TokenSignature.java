package ipn.runtime.caller;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.SignedJWT;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;

/**
 * Verifies the signature of a token. The key says which algorithm it is for: a token that names another one is not signed, whatever its bytes
 * are, so that a public key is never taken for a secret.
 */
final class TokenSignature {
    private static final int RSA_BITS_MIN = 2_048;
    /** What comes before the 32 bytes of a public key of Ed25519 in its X.509 form (RFC 8410). */
    private static final byte[] ED25519_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

    private static final int ED25519_BYTES = 32;

    private TokenSignature() {}

    static boolean isOf(JWK key, SignedJWT token) {
        var algorithm = token.getHeader().getAlgorithm();
        if (key.getKeyUse() != null && !KeyUse.SIGNATURE.equals(key.getKeyUse())
                || key.getAlgorithm() != null && !key.getAlgorithm().equals(algorithm)) {
            return false;
        }
        try {
            if (key instanceof RSAKey rsa) {
                return JWSAlgorithm.RS256.equals(algorithm)
                        && rsa.size() >= RSA_BITS_MIN
                        && token.verify(new RSASSAVerifier(rsa));
            }
            if (key instanceof ECKey ec) {
                return JWSAlgorithm.ES256.equals(algorithm)
                        && Curve.P_256.equals(ec.getCurve())
                        && token.verify(new ECDSAVerifier(ec));
            }
            return JWSAlgorithm.EdDSA.equals(algorithm)
                    && key instanceof OctetKeyPair pair
                    && Curve.Ed25519.equals(pair.getCurve())
                    && isOfEd25519(pair, token);
        } catch (JOSEException | GeneralSecurityException e) {
            return false;
        }
    }

    /** By the JDK: Nimbus needs another library for it. */
    private static boolean isOfEd25519(OctetKeyPair pair, SignedJWT token) throws GeneralSecurityException {
        var x = pair.getDecodedX();
        if (x.length != ED25519_BYTES) {
            return false;
        }
        var encoded = new byte[ED25519_PREFIX.length + ED25519_BYTES];
        System.arraycopy(ED25519_PREFIX, 0, encoded, 0, ED25519_PREFIX.length);
        System.arraycopy(x, 0, encoded, ED25519_PREFIX.length, ED25519_BYTES);
        var signature = Signature.getInstance("Ed25519");
        signature.initVerify(KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded)));
        signature.update(token.getSigningInput());
        return signature.verify(token.getSignature().decode());
    }
}
