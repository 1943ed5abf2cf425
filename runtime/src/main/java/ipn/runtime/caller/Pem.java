package ipn.runtime.caller;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;

/** Reads certificates and keys, so that what is wrong with them is known before a client connects. */
public final class Pem {
    private Pem() {}

    /** When the first of the certificates in a text ends; those that issued it may end before it does. */
    public static Instant end(String text) throws GeneralSecurityException {
        return certificates(text).stream()
                .map(each -> each.getNotAfter().toInstant())
                .min(Comparator.naturalOrder())
                .orElseThrow();
    }

    /** The certificates in a text. */
    static List<X509Certificate> certificates(String text) throws GeneralSecurityException {
        var bytes = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
        var all = CertificateFactory.getInstance("X.509").generateCertificates(bytes).stream()
                .map(X509Certificate.class::cast)
                .toList();
        if (all.isEmpty()) {
            throw new GeneralSecurityException("no certificate");
        }
        return all;
    }

    /** Whether the text is the private key (PKCS #8) of a certificate's public key. */
    static boolean isKeyOf(X509Certificate certificate, String text) throws GeneralSecurityException {
        var pair = certificate.getPublicKey();
        var algorithm = pair.getAlgorithm();
        var signature = Signature.getInstance(
                switch (algorithm) {
                    case "RSA" -> "SHA256withRSA";
                    case "EC" -> "SHA256withECDSA";
                    default -> algorithm;
                });
        return isPair(signature, key(algorithm, text), pair);
    }

    private static PrivateKey key(String algorithm, String text) throws GeneralSecurityException {
        try {
            var encoded = Base64.getMimeDecoder().decode(text.replaceAll("-----[A-Z ]+-----", ""));
            return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(encoded));
        } catch (IllegalArgumentException e) {
            throw new GeneralSecurityException("not PEM", e);
        }
    }

    private static boolean isPair(Signature signature, PrivateKey key, PublicKey other)
            throws GeneralSecurityException {
        var any = new byte[] {1, 2, 3};
        signature.initSign(key);
        signature.update(any);
        var signed = signature.sign();
        signature.initVerify(other);
        signature.update(any);
        return signature.verify(signed);
    }
}
