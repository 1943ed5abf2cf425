package ipn.gateway.paypalipn;

import ipn.gateway.AccountSettings;
import ipn.settings.Settings;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * Whom to ask, and how long to wait. All of it comes from the settings, nothing from a message.
 *
 * @param url where PayPal answers
 * @param trust whom to believe instead of the usual authorities, where that is configured
 * @param timeout from asking to the whole answer
 * @param inFlightMax questions asked at once; above it nobody can say just now
 */
record PostBackSettings(URI url, Optional<SSLContext> trust, Duration timeout, int inFlightMax) {
    static final URI LIVE = URI.create("https://ipnpb.paypal.com/cgi-bin/webscr");
    static final URI SANDBOX = URI.create("https://ipnpb.sandbox.paypal.com/cgi-bin/webscr");

    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    private static final Duration TIMEOUT_MAX = Duration.ofSeconds(10);
    private static final int IN_FLIGHT = 64;

    static PostBackSettings from(AccountSettings account) {
        var settings = account.settings();
        return new PostBackSettings(
                url(settings, account.id().live()),
                trust(settings),
                timeout(settings),
                settings.integer("verify-in-flight", IN_FLIGHT, 1, 10_000));
    }

    private static URI url(Settings settings, boolean live) {
        var usual = live ? LIVE : SANDBOX;
        var text = settings.text("verify-url");
        if (text.isEmpty()) {
            return usual;
        }
        try {
            var url = URI.create(text.get());
            if (permitted(url, live)) {
                return url;
            }
        } catch (IllegalArgumentException e) {
            // noted below, with what was expected
        }
        var expected = "a URL such as " + usual + "; http: only for a loopback host and mode test";
        settings.problems().add(settings.full("verify-url"), "not usable", expected);
        return usual;
    }

    private static boolean permitted(URI url, boolean live) {
        if (url.getHost() == null || url.getRawUserInfo() != null || url.getRawFragment() != null) {
            return false;
        }
        return "https".equals(url.getScheme()) || "http".equals(url.getScheme()) && !live && loopback(url.getHost());
    }

    private static boolean loopback(String host) {
        return host.equals("localhost") || host.equals("[::1]") || host.matches("127(\\.[0-9]{1,3}){3}");
    }

    private static Duration timeout(Settings settings) {
        var timeout = settings.duration("verify-timeout", TIMEOUT, TIMEOUT_MAX);
        if (timeout.isZero()) {
            settings.problems().add(settings.full("verify-timeout"), "PT0S", "more than nothing, e.g. PT2S");
            return TIMEOUT;
        }
        return timeout;
    }

    /** The certificates are read the way secrets are: {@code file:PATH} beside the settings, or {@code env:NAME}. */
    private static Optional<SSLContext> trust(Settings settings) {
        if (!settings.has("verify-ca")) {
            return Optional.empty();
        }
        var pem = settings.secrets("verify-ca", false, 1).stream().findFirst();
        try {
            return pem.isEmpty()
                    ? Optional.empty()
                    : Optional.of(trusting(pem.get().text()));
        } catch (GeneralSecurityException | IOException e) {
            var expected = "file:PATH of one or more certificates in PEM form";
            settings.problems().add(settings.full("verify-ca"), "no certificates", expected);
            return Optional.empty();
        }
    }

    private static SSLContext trusting(String pem) throws GeneralSecurityException, IOException {
        var store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        var certificates = CertificateFactory.getInstance("X.509")
                .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
        for (var certificate : certificates) {
            store.setCertificateEntry("ca-" + store.size(), certificate);
        }
        if (store.size() == 0) {
            throw new GeneralSecurityException("no certificates");
        }
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        var context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }
}
