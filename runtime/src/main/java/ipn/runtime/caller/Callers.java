package ipn.runtime.caller;

import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.Date;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Decides who asks. Thread-safe. */
final class Callers {
    private static final String BEARER = "bearer ";
    private static final int TOKEN_LENGTH_MAX = 8_000;
    /**
     * A page in a browser could ask a server of this machine through a name that it lets lead here, so other names are refused.
     */
    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "::1", "[::1]");

    private final CallerSettings settings;
    private final Optional<IssuerTokens> issuer;
    private final Clock clock;

    Callers(CallerSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
        issuer = settings.oidc()
                .map(oidc -> new IssuerTokens(oidc, new IssuerKeys(oidc.jwksUrl(), System::nanoTime), clock));
    }

    /**
     * Who asks; empty: that must be {@link #verify verified}. Does not block.
     *
     * @throws RefusedException if they may not
     */
    Optional<Caller> known(Credentials credentials) {
        if (settings.isEmpty()) {
            if (!THIS_MACHINE.contains(credentials.host().toLowerCase(Locale.ROOT))) {
                throw new RefusedException(Refusal.NOT_LOCAL);
            }
            return Optional.of(Caller.LOCAL);
        }
        if (credentials.authorization().isEmpty()) {
            return Optional.of(ofCertificate(
                    credentials.certificate().orElseThrow(() -> new RefusedException(Refusal.NOT_AUTHENTIC))));
        }
        var token = token(credentials);
        var presented = token.getBytes(StandardCharsets.UTF_8);
        var now = clock.instant();
        var service = settings.services().stream()
                .filter(each -> each.hasToken(presented, now))
                .findFirst()
                .map(Service::caller);
        return service.isPresent() ? service : issuer().known(token);
    }

    /** Who asks, where {@link #known} cannot say. May block. */
    Caller verify(Credentials credentials) {
        return issuer().verify(token(credentials));
    }

    private IssuerTokens issuer() {
        return issuer.orElseThrow(() -> new RefusedException(Refusal.NOT_AUTHENTIC));
    }

    private static String token(Credentials credentials) {
        var headers = credentials.authorization();
        var header = headers.get(0);
        if (headers.size() > 1
                || header.length() > TOKEN_LENGTH_MAX
                || !header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            throw new RefusedException(Refusal.NOT_AUTHENTIC);
        }
        return header.substring(BEARER.length()).strip();
    }

    /** The handshake has verified it; a connection may be older than its end. */
    private Caller ofCertificate(X509Certificate certificate) {
        try {
            certificate.checkValidity(Date.from(clock.instant()));
        } catch (CertificateException e) {
            throw new RefusedException(Refusal.NOT_AUTHENTIC);
        }
        var subject = certificate.getSubjectX500Principal();
        return settings.services().stream()
                .filter(each -> each.certificate().filter(subject::equals).isPresent())
                .findFirst()
                .map(Service::caller)
                .orElseThrow(() -> new RefusedException(Refusal.NO_ROLE));
    }
}
