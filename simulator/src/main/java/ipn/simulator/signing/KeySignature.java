package ipn.simulator.signing;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;

/** Signatures with a private key, as gateways make them. */
public enum KeySignature {
    SHA256_RSA("RSA", 2048, "SHA256withRSA"),
    ES256("EC", 256, "SHA256withECDSAinP1363Format");

    private final String keyAlgorithm;
    private final int keyBits;
    private final String algorithm;

    KeySignature(String keyAlgorithm, int keyBits, String algorithm) {
        this.keyAlgorithm = keyAlgorithm;
        this.keyBits = keyBits;
        this.algorithm = algorithm;
    }

    /** @param key PKCS #8 in base64 */
    public byte[] sign(String key, byte[] bytes) {
        try {
            var encoded = new PKCS8EncodedKeySpec(Base64.getDecoder().decode(key));
            var signer = Signature.getInstance(algorithm);
            signer.initSign(KeyFactory.getInstance(keyAlgorithm).generatePrivate(encoded));
            signer.update(bytes);
            return signer.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(algorithm + ": cannot sign", e);
        }
    }

    /** A fresh key of the right kind that no account trusts, PKCS #8 in base64. */
    public String untrustedKey() {
        try {
            var generator = KeyPairGenerator.getInstance(keyAlgorithm);
            generator.initialize(keyBits);
            return Base64.getEncoder()
                    .encodeToString(generator.generateKeyPair().getPrivate().getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK makes such keys", e);
        }
    }
}
