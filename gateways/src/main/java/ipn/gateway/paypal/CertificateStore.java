package ipn.gateway.paypal;

import ipn.gateway.AccountSettings;
import ipn.http.BoundedHttp;
import ipn.http.Fetched;
import ipn.http.FetchedOnce;
import ipn.http.HttpReply;
import ipn.http.HttpSettings;
import ipn.http.Unreachable;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** A cache of PayPal's certificates by URL. PayPal uses a new URL whenever it changes its key. */
final class CertificateStore {
    /** Statuses of a certificate that does not exist. */
    private static final Set<Integer> NOTHING_THERE = Set.of(404, 410);

    private static final int CERTIFICATE_BYTES_MAX = 64 * 1024;
    private static final int KEPT_MAX = 64;
    private static final Duration KEPT = Duration.ofHours(12);

    /**
     * Long enough that forged deliveries cannot cause a request each, short enough that a temporary error at PayPal
     * does no harm.
     */
    private static final Duration KEPT_UNBELIEVED = Duration.ofMinutes(1);

    private final CertificateRules rules;
    private final BoundedHttp http;
    private final FetchedOnce<String, Optional<SigningCertificate>> kept = new FetchedOnce<>(KEPT_MAX, Duration.ZERO);

    CertificateStore(CertificateRules rules, AccountSettings account) {
        this.rules = rules;
        this.http = new BoundedHttp(
                HttpSettings.toHosts(account.settings(), account.id().live(), rules.hosts()));
    }

    /**
     * The certificate at a URL that the rules allow; empty where there is none or it is not trusted. Completes with an
     * {@link ipn.http.HttpFailure} where PayPal cannot be reached.
     */
    CompletionStage<Optional<SigningCertificate>> get(String url, Instant now) {
        return kept.get(
                url, now, () -> http.get(url, Map.of(), CERTIFICATE_BYTES_MAX).thenApply(reply -> judged(reply, now)));
    }

    private Fetched<Optional<SigningCertificate>> judged(HttpReply reply, Instant now) {
        if (NOTHING_THERE.contains(reply.status())) {
            return new Fetched<>(Optional.empty(), KEPT_UNBELIEVED);
        }
        if (!reply.ok()) {
            throw new CompletionException(new Unreachable(
                    "status " + Integer.toString(reply.status()) + " where a certificate was expected"));
        }
        var signer = rules.signer(reply.body(), now);
        return new Fetched<>(signer, signer.isPresent() ? KEPT : KEPT_UNBELIEVED);
    }
}
