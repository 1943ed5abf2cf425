package ipn.http;

import ipn.settings.Settings;
import java.io.IOException;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import javax.net.ssl.SSLContext;

/** Reads {@link HttpAccess} from an account's section. Errors are added to the problems of the settings, never thrown. */
public final class HttpSettings {
    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    private static final Duration TIMEOUT_MAX = Duration.ofSeconds(10);
    private static final int IN_FLIGHT = 64;
    private static final int IN_FLIGHT_MAX = 10_000;

    private final Settings settings;
    private final boolean live;

    /**
     * @param account the account's section
     * @param live whether the account is of mode live, which requires TLS
     */
    public HttpSettings(Settings account, boolean live) {
        this.settings = account;
        this.live = live;
    }

    /**
     * Access to a gateway's own hosts, by the keys {@code fetch-via}, {@code fetch-ca}, {@code fetch-timeout} and
     * {@code fetch-in-flight}.
     *
     * @param hosts exact names in lower case
     */
    public static HttpAccess toHosts(Settings account, boolean live, Set<String> hosts) {
        var fetch = new HttpSettings(account, live);
        return fetch.access(new Route.ToHosts(hosts, fetch.via()));
    }

    public HttpAccess access(Route route) {
        var inFlight = settings.integer(key("in-flight"), IN_FLIGHT, 1, IN_FLIGHT_MAX);
        return new HttpAccess(route, trust(), timeout(), inFlight);
    }

    /** The URL under the given key; by default the given one. */
    public URI url(String key, URI usual) {
        return operators(key, usual.toString(), url -> true).orElse(usual);
    }

    private Optional<URI> via() {
        return operators(key("via"), "https://egress.example.com", base -> base.getRawQuery() == null);
    }

    private Optional<URI> operators(String key, String example, Predicate<URI> fitting) {
        var text = settings.text(key);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            var url = URI.create(text.get());
            if (permitted(url) && fitting.test(url)) {
                return Optional.of(url);
            }
        } catch (IllegalArgumentException e) {
            // added to the problems below
        }
        var expected = "a URL such as " + example + "; http: only for a loopback host and mode test";
        settings.problems().add(settings.full(key), "not usable", expected);
        return Optional.empty();
    }

    private boolean permitted(URI url) {
        if (url.getHost() == null || url.getRawUserInfo() != null || url.getRawFragment() != null) {
            return false;
        }
        return "https".equals(url.getScheme()) || "http".equals(url.getScheme()) && !live && loopback(url.getHost());
    }

    private static boolean loopback(String host) {
        return host.equals("localhost") || host.equals("[::1]") || host.matches("127(\\.[0-9]{1,3}){3}");
    }

    private Duration timeout() {
        var timeout = settings.duration(key("timeout"), TIMEOUT, TIMEOUT_MAX);
        if (timeout.isZero()) {
            settings.problems().add(settings.full(key("timeout")), "PT0S", "longer than zero, e.g. PT2S");
            return TIMEOUT;
        }
        return timeout;
    }

    /** The certificates are configured like secrets: {@code file:PATH} relative to the settings, or {@code env:NAME}. */
    private Optional<SSLContext> trust() {
        if (!settings.has(key("ca"))) {
            return Optional.empty();
        }
        var pem = settings.secrets(key("ca"), false, 1, text -> true).stream().findFirst();
        try {
            return pem.isEmpty()
                    ? Optional.empty()
                    : Optional.of(Trust.inOnly(pem.get().text()));
        } catch (GeneralSecurityException | IOException e) {
            var expected = "file:PATH of one or more certificates in PEM form";
            settings.problems().add(settings.full(key("ca")), "no certificates", expected);
            return Optional.empty();
        }
    }

    private String key(String name) {
        return "fetch-" + name;
    }
}
