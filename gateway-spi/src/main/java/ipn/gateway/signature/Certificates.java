package ipn.gateway.signature;

import ipn.gateway.AccountSettings;
import ipn.gateway.content.Bytes;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Reads X.509 certificates. */
public final class Certificates {
    private static final String FACTORY = "X.509";

    private Certificates() {}

    /**
     * Reads one or more certificates in PEM form.
     *
     * @throws CertificateException if there is none, or one cannot be read
     */
    public static List<X509Certificate> inPem(String pem) throws CertificateException {
        var bytes = new ByteArrayInputStream(pem.getBytes(StandardCharsets.ISO_8859_1));
        var found = new ArrayList<X509Certificate>();
        for (var certificate : CertificateFactory.getInstance(FACTORY).generateCertificates(bytes)) {
            found.add((X509Certificate) certificate);
        }
        if (found.isEmpty()) {
            throw new CertificateException("no certificates");
        }
        return List.copyOf(found);
    }

    /** Reads exactly one certificate in DER form; empty if the bytes are anything else. */
    public static Optional<X509Certificate> inDer(Bytes der) {
        try {
            var certificate = (X509Certificate)
                    CertificateFactory.getInstance(FACTORY).generateCertificate(new ByteArrayInputStream(der.array()));
            // the JDK also accepts PEM here, and ignores trailing bytes
            return Arrays.equals(certificate.getEncoded(), der.array()) ? Optional.of(certificate) : Optional.empty();
        } catch (CertificateException e) {
            return Optional.empty();
        }
    }

    /**
     * The certificates that an account trusts in place of the gateway's own authority, {@code file:PATH} or {@code env:NAME};
     * empty if there are none. Only accounts of mode test may have any. Errors are added to the problems.
     */
    public static List<X509Certificate> testRoots(AccountSettings account, String key) {
        if (!account.settings().has(key)) {
            return List.of();
        }
        if (account.id().live()) {
            account.settings()
                    .problems()
                    .add(
                            account.settings().full(key),
                            "given",
                            "none: an account of mode live trusts only the gateway's own authority");
            return List.of();
        }
        return inSetting(account, key);
    }

    /** Certificates in PEM form under a key; empty if there are none. Errors are added to the problems. */
    public static List<X509Certificate> inSetting(AccountSettings account, String key) {
        var settings = account.settings();
        if (!settings.has(key)) {
            return List.of();
        }
        var found = new ArrayList<X509Certificate>();
        for (var pem : settings.secrets(key, !account.id().live(), 1, text -> true)) {
            try {
                found.addAll(inPem(pem.text()));
            } catch (CertificateException e) {
                settings.problems()
                        .add(
                                settings.full(key),
                                pem.id() + " contains no certificate",
                                "file:PATH of certificates in PEM form");
            }
        }
        return List.copyOf(found);
    }
}
