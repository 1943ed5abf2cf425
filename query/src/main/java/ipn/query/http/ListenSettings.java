package ipn.query.http;

import ipn.settings.Settings;
import java.util.Optional;
import java.util.Set;

/**
 * Where questions are asked, and by whom.
 *
 * @param host without {@code oidc} an address of this machine alone, because nobody has to say who asks
 * @param port 0: a free one
 * @param oidc whose tokens are believed; empty: whoever can connect may ask
 * @param rate questions of one caller in a second
 */
public record ListenSettings(String host, int port, Optional<OidcSettings> oidc, int rate) {
    private static final String DEFAULT_HOST = "127.0.0.1";
    private static final Set<String> LOOPBACK = Set.of(DEFAULT_HOST, "::1", "localhost");
    private static final int PORT_MAX = 65_535;
    private static final int RATE_MAX = 100_000;

    /** Reads these keys of section {@code query}. */
    public static ListenSettings from(Settings section) {
        var host = section.text("host", DEFAULT_HOST);
        var oidc = OidcSettings.from(section);
        if (oidc.isEmpty() && !LOOPBACK.contains(host)) {
            section.problems()
                    .add(
                            section.full("host"),
                            host,
                            "127.0.0.1, ::1 or localhost without query.oidc, because whoever can connect may ask for personal data");
        }
        return new ListenSettings(
                host,
                section.integer("port", 8085, 0, PORT_MAX),
                oidc,
                section.integer("rate-limit", 100, 1, RATE_MAX));
    }
}
