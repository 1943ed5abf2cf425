package ipn.gateway.paypal;

import ipn.gateway.AccountSettings;
import ipn.gateway.content.Bytes;
import ipn.gateway.signature.Certificates;
import java.net.URI;
import java.net.URISyntaxException;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertStore;
import java.security.cert.CertificateException;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Decides which certificates may sign PayPal's notifications. A notification names the URL of its certificate, so the
 * scheme is secure only if that URL is at PayPal and the certificate was issued to PayPal for signing notifications.
 *
 * @param hosts exact names of the hosts that serve the certificates
 * @param subject the subject name that the certificate must have
 * @param roots trusted root certificates; empty: those of the JVM
 * @param intermediates certificates that complete a chain served without them; not trusted as roots
 */
record CertificateRules(
        Set<String> hosts, String subject, Set<TrustAnchor> roots, List<X509Certificate> intermediates) {
    private static final Set<String> LIVE_HOSTS = Set.of("api.paypal.com", "api-m.paypal.com");
    private static final Set<String> SANDBOX_HOSTS = Set.of("api.sandbox.paypal.com", "api-m.sandbox.paypal.com");
    private static final String LIVE_SUBJECT = "messageverificationcerts.paypal.com";
    private static final String SANDBOX_SUBJECT = "messageverificationcerts.sandbox.paypal.com";

    private static final Pattern PATH = Pattern.compile("/v1/notifications/certs/[A-Za-z0-9_-]{1,200}");
    private static final int URL_LENGTH_MAX = 300;
    private static final int RSA_BITS_MIN = 2048;
    private static final int CERTIFICATES_MAX = 8;

    CertificateRules {
        hosts = Set.copyOf(hosts);
        roots = Set.copyOf(roots);
        intermediates = List.copyOf(intermediates);
    }

    static CertificateRules from(AccountSettings account) {
        var live = account.id().live();
        return new CertificateRules(
                live ? LIVE_HOSTS : SANDBOX_HOSTS,
                live ? LIVE_SUBJECT : SANDBOX_SUBJECT,
                Certificates.testRoots(account, "roots").stream()
                        .map(root -> new TrustAnchor(root, null))
                        .collect(Collectors.toSet()),
                Certificates.inSetting(account, "intermediates"));
    }

    /**
     * True where the URL is one at which PayPal serves certificates. Decided from the text alone, before any request.
     */
    boolean allows(String url) {
        try {
            var parsed = new URI(url);
            return url.length() <= URL_LENGTH_MAX
                    && "https".equals(parsed.getScheme())
                    && parsed.getHost() != null
                    && hosts.contains(parsed.getHost())
                    && parsed.getRawUserInfo() == null
                    && (parsed.getPort() == -1 || parsed.getPort() == 443)
                    && PATH.matcher(parsed.getRawPath()).matches()
                    && parsed.getRawQuery() == null
                    && parsed.getRawFragment() == null;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    /**
     * The signing certificate of a served chain; empty where the chain is not trusted.
     *
     * @param pem the signing certificate first, then the certificates that lead from it to a root
     */
    Optional<SigningCertificate> signer(Bytes pem, Instant now) {
        try {
            var served = Certificates.inPem(pem.utf8());
            var leaf = served.get(0);
            return served.size() <= CERTIFICATES_MAX && isForSigning(leaf) && leadsToRoot(leaf, served, now)
                    ? Optional.of(SigningCertificate.of(leaf))
                    : Optional.empty();
        } catch (CertificateException e) {
            return Optional.empty();
        }
    }

    private boolean isForSigning(X509Certificate leaf) {
        return leaf.getPublicKey() instanceof RSAPublicKey key
                && key.getModulus().bitLength() >= RSA_BITS_MIN
                && new SubjectNames(leaf).has(subject);
    }

    private boolean leadsToRoot(X509Certificate leaf, List<X509Certificate> served, Instant now) {
        try {
            var others = new ArrayList<>(served);
            others.addAll(intermediates);
            var target = new X509CertSelector();
            target.setCertificate(leaf);
            var parameters = new PKIXBuilderParameters(roots.isEmpty() ? SystemRoots.anchors() : roots, target);
            parameters.addCertStore(CertStore.getInstance("Collection", new CollectionCertStoreParameters(others)));
            parameters.setRevocationEnabled(false);
            parameters.setDate(Date.from(now));
            var unused = CertPathBuilder.getInstance("PKIX").build(parameters);
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}
