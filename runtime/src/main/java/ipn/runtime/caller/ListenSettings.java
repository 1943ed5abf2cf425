package ipn.runtime.caller;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.net.ServerSSLOptions;
import ipn.runtime.process.CredentialEnds;
import ipn.runtime.process.SettingsWatch;
import ipn.settings.Settings;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Where a server listens, and who may ask.
 *
 * @param host without callers that can prove who asks an address of this machine alone
 * @param port 0: a free one
 * @param rate requests of one caller in a second
 * @param source the settings themselves, to watch their files
 */
public record ListenSettings(
        Listener listener,
        String host,
        int port,
        int rate,
        Optional<TlsSettings> tls,
        CallerSettings callers,
        Settings source) {
    private static final String DEFAULT_HOST = "127.0.0.1";
    private static final Set<String> LOOPBACK = Set.of(DEFAULT_HOST, "::1", "localhost");
    private static final int PORT_MAX = 65_535;
    private static final int RATE_MAX = 1_000_000;
    private static final SettingsWatch.Times WATCH = new SettingsWatch.Times(Duration.ofSeconds(2), Duration.ZERO);

    /** Reads these keys of the section of the listener. */
    public static ListenSettings from(Settings settings, Listener listener) {
        var section = settings.in(listener.section());
        var host = section.text("host", DEFAULT_HOST);
        var callers = CallerSettings.from(section);
        if (callers.isEmpty() && !LOOPBACK.contains(host)) {
            section.problems()
                    .add(
                            section.full("host"),
                            host,
                            "127.0.0.1, ::1 or localhost, because whoever can connect may ask without %s or %s"
                                    .formatted(section.full("oidc"), section.full("services")));
        }
        if (callers.hasCertificates() && !section.in("tls").has("client-ca")) {
            section.problems()
                    .add(
                            section.full("tls") + ".client-ca",
                            "missing",
                            "whose certificates are believed, because a service has one");
        }
        return new ListenSettings(
                listener,
                host,
                section.integer("port", listener.port(), 0, PORT_MAX),
                section.integer("rate-limit", listener.rate(), 1, RATE_MAX),
                TlsSettings.from(section),
                callers,
                settings);
    }

    /** Whose tokens are believed; empty: nobody's. */
    public Optional<OidcSettings> oidc() {
        return callers.oidc();
    }

    /** Options of the server; empty: it serves plain HTTP. */
    public Optional<ServerSSLOptions> sslOptions() {
        return tls.map(each -> each.options(callers.hasCertificates() && !callers.hasTokens()));
    }

    /** How URLs of the server begin. */
    public String scheme() {
        return tls.isPresent() ? "https" : "http";
    }

    /**
     * From now on the server has replaced certificates, keys, tokens and callers without a restart.
     *
     * @param server takes them
     */
    public SettingsWatch watch(Consumer<ListenSettings> server, MeterRegistry meters) {
        return watch(server, WATCH, meters);
    }

    SettingsWatch watch(Consumer<ListenSettings> server, SettingsWatch.Times times, MeterRegistry meters) {
        var ends = CredentialEnds.ofCertificates(listener.section(), meters, Clock.systemUTC());
        ends.show(certificateEnds());
        var served = server.andThen(after -> ends.show(after.certificateEnds()));
        return SettingsWatch.start(listener.section(), source, new ChangedListening(this, served), times, meters);
    }

    private Map<String, Instant> certificateEnds() {
        return tls.map(each -> Map.of(listener.section() + ".tls.certificate", each.end()))
                .orElse(Map.of());
    }
}
