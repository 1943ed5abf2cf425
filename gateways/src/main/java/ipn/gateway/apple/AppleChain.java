package ipn.gateway.apple;

import ipn.gateway.content.Bytes;
import ipn.gateway.content.StrictDecoding;
import ipn.gateway.signature.Certificates;
import ipn.gateway.signature.CompactJws;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Validates the certificate chain in a token's {@code x5c} header up to a trusted root, as Apple's server library does: exactly
 * three certificates. The third is not used, because only our configured roots are trusted. The other two must carry Apple's
 * extension OID for their role; without this check any developer certificate that Apple issued would be accepted.
 *
 * <p>Revocation (OCSP) is not checked: each response would then wait for a third party named in an unverified token.
 */
final class AppleChain {
    /** Extension OID of the certificate that signs App Store receipts and notifications. */
    private static final String SIGNER_MARK = "1.2.840.113635.100.6.11.1";

    /** Extension OID of Apple's Worldwide Developer Relations intermediate. */
    private static final String INTERMEDIATE_MARK = "1.2.840.113635.100.6.2.1";

    private static final int CERTIFICATES = 3;

    private final Set<TrustAnchor> roots;
    private final VerifiedChains verified = new VerifiedChains();

    AppleChain(Collection<X509Certificate> roots) {
        this.roots = roots.stream().map(root -> new TrustAnchor(root, null)).collect(Collectors.toUnmodifiableSet());
    }

    /**
     * The signing key in a token's header; empty if its chain is not trusted.
     *
     * @param at the signing time in the token; the certificates must have been valid then
     * @param now by our clock
     */
    Optional<Signer> signer(CompactJws token, Instant at, Instant now) {
        var x5c = token.header().at("x5c").elements();
        if (x5c.size() != CERTIFICATES
                || x5c.stream().anyMatch(each -> !each.node().isTextual())) {
            return Optional.empty();
        }
        var leaf = x5c.get(0).node().textValue();
        var intermediate = x5c.get(1).node().textValue();
        // base64 has no blanks: no other pair of texts makes this one
        return verified.get(leaf + " " + intermediate, at, now, () -> verify(leaf, intermediate, at));
    }

    private Optional<Signer> verify(String leafText, String intermediateText, Instant at) {
        var leaf = certificate(leafText, SIGNER_MARK);
        var intermediate = certificate(intermediateText, INTERMEDIATE_MARK);
        return leaf.isPresent() && intermediate.isPresent() && leadsToRoot(leaf.get(), intermediate.get(), at)
                ? Optional.of(signer(leaf.get(), intermediate.get()))
                : Optional.empty();
    }

    private static Optional<X509Certificate> certificate(String base64, String mark) {
        return StrictDecoding.base64(base64)
                .flatMap(Certificates::inDer)
                .filter(certificate -> certificate.getExtensionValue(mark) != null);
    }

    private boolean leadsToRoot(X509Certificate leaf, X509Certificate intermediate, Instant at) {
        try {
            var path = CertificateFactory.getInstance("X.509").generateCertPath(List.of(leaf, intermediate));
            var parameters = new PKIXParameters(roots);
            parameters.setRevocationEnabled(false);
            parameters.setDate(Date.from(at));
            var unused = CertPathValidator.getInstance("PKIX").validate(path, parameters);
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static Signer signer(X509Certificate leaf, X509Certificate intermediate) {
        var from = later(leaf.getNotBefore(), intermediate.getNotBefore());
        var until =
                leaf.getNotAfter().before(intermediate.getNotAfter()) ? leaf.getNotAfter() : intermediate.getNotAfter();
        return new Signer(leaf.getPublicKey(), from.toInstant(), until.toInstant(), "certificate " + fingerprint(leaf));
    }

    private static Date later(Date a, Date b) {
        return a.after(b) ? a : b;
    }

    private static String fingerprint(X509Certificate certificate) {
        try {
            return Bytes.wrap(certificate.getEncoded()).sha256().substring(0, 16);
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("it was read from its encoding", e);
        }
    }
}
