package ipn.gateway.paypal;

import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Instant;

/** The public key of a certificate with which PayPal signs notifications, and its validity period. */
record SigningCertificate(PublicKey key, Instant from, Instant until) {
    static SigningCertificate of(X509Certificate certificate) {
        return new SigningCertificate(
                certificate.getPublicKey(),
                certificate.getNotBefore().toInstant(),
                certificate.getNotAfter().toInstant());
    }

    boolean validAt(Instant now) {
        return !now.isBefore(from) && !now.isAfter(until);
    }
}
