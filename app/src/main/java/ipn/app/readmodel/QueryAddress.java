package ipn.app.readmodel;

import ipn.app.RunningStack;
import ipn.settings.Secret;
import ipn.settings.Settings;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * How a command reaches the query stage.
 *
 * @param url empty: nothing says where it is
 * @param token that it asks for, if {@code query.oidc} is set there
 */
public record QueryAddress(Optional<URI> url, Optional<Secret> token) {
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "[::1]");
    private static final int PORT = 8085;
    private static final int PORT_MAX = 65_535;

    /** The address of the settings; without one, that of the stack that runs on the folder, or the port of the settings on this machine. */
    public static QueryAddress from(Settings settings, Path data) {
        var section = settings.in("query");
        var url = section.text("url").map(text -> url(section, text));
        var token = section.has("token")
                ? section.secrets("token", false, 1).stream().findFirst()
                : Optional.<Secret>empty();
        var port = section.integer("port", PORT, 0, PORT_MAX);
        return new QueryAddress(
                url.or(() -> RunningStack.find(data).flatMap(RunningStack::queryUrl))
                        .or(() -> port == 0 ? Optional.empty() : Optional.of(URI.create("http://127.0.0.1:" + port))),
                token);
    }

    private static URI url(Settings section, String text) {
        try {
            var uri = URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
            var plain = "http".equals(uri.getScheme()) && LOOPBACK.contains(String.valueOf(uri.getHost()));
            if (uri.getRawUserInfo() == null
                    && uri.getRawQuery() == null
                    && (plain || "https".equals(uri.getScheme()) && uri.getHost() != null)) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            // reported below
        }
        section.problems()
                .add(
                        section.full("url"),
                        "not usable",
                        "https://host, without user and query; http:// for this machine only");
        return URI.create("http://127.0.0.1:" + PORT);
    }
}
