package ipn.gateway.paypal;

import ipn.gateway.AccountSettings;
import ipn.gateway.Source;
import ipn.http.BoundedHttp;
import ipn.http.Fetched;
import ipn.http.FetchedOnce;
import ipn.http.HttpReply;
import ipn.http.HttpSettings;
import ipn.http.Unreachable;
import ipn.lookup.Denials;
import ipn.lookup.LookUps;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
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
    private static final Duration KEPT_UNTRUSTED = Duration.ofMinutes(1);

    /** Of URLs that are not in the cache. A genuine one occurs when PayPal changes its key, or after a restart. */
    private static final int LOOK_UPS_PER_SECOND = 40;

    private final CertificateRules rules;
    private final BoundedHttp http;
    private final LookUps lookUps;
    /** Only trusted certificates, so that URLs without one cannot evict them. */
    private final FetchedOnce<String, Optional<SigningCertificate>> trusted =
            new FetchedOnce<>(KEPT_MAX, Duration.ZERO);

    private final Denials untrusted = new Denials(KEPT_UNTRUSTED);

    CertificateStore(CertificateRules rules, AccountSettings account) {
        var access = HttpSettings.toHosts(account.settings(), account.id().live(), rules.hosts());
        this.rules = rules;
        this.http = new BoundedHttp(access);
        this.lookUps = LookUps.from(account.settings(), access, LOOK_UPS_PER_SECOND);
    }

    /**
     * The certificate at a URL that the rules allow; empty where there is none or it is not trusted. The stage fails where PayPal
     * cannot be reached, or the limits of look-ups are exceeded, see {@link LookUps#verdict}.
     *
     * @param source the client whose delivery names the URL
     */
    CompletionStage<Optional<SigningCertificate>> get(String url, Source source, Instant now) {
        if (untrusted.contains(url, now)) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        return trusted.get(
                url,
                now,
                () -> lookUps.ask(source, true, now, () -> http.get(url, Map.of(), CERTIFICATE_BYTES_MAX))
                        .thenApply(reply -> judged(url, reply, source, now)));
    }

    /** Notes that the signature of a client's delivery is PayPal's, for us. */
    void authentic(Source source, Instant now) {
        lookUps.authentic(source, now);
    }

    private Fetched<Optional<SigningCertificate>> judged(String url, HttpReply reply, Source source, Instant now) {
        if (!reply.ok() && !NOTHING_THERE.contains(reply.status())) {
            throw new CompletionException(new Unreachable(
                    "status " + Integer.toString(reply.status()) + " where a certificate was expected"));
        }
        var signer = reply.ok() ? rules.signer(reply.body(), now) : Optional.<SigningCertificate>empty();
        if (signer.isEmpty()) {
            untrusted.add(url, now);
            lookUps.denied(source, now);
        }
        return new Fetched<>(signer, signer.isPresent() ? KEPT : Duration.ZERO);
    }
}
