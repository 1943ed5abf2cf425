package ipn.query.http;

import ipn.settings.Settings;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Whose tokens are believed.
 *
 * @param issuer exactly as tokens name it
 * @param audience that tokens must be for
 * @param jwksUrl where the issuer's keys are
 * @param rolesClaim name of the claim with the roles; dots lead into nested claims
 */
public record OidcSettings(String issuer, String audience, URI jwksUrl, String rolesClaim) {
    private static final Set<String> THIS_MACHINE = Set.of("127.0.0.1", "localhost");

    /** Reads {@code query.oidc}; empty if it is absent. */
    static Optional<OidcSettings> from(Settings query) {
        var section = query.in("oidc");
        if (!query.has("oidc") && Stream.of("issuer", "audience", "jwks-url").noneMatch(section::has)) {
            return Optional.empty();
        }
        var issuer = section.required("issuer", "as tokens name it, such as https://login.example.com");
        var audience = section.required("audience", "that tokens are for, such as ipn-query");
        var url = section.required("jwks-url", "https://..., where the keys of the issuer are");
        var rolesClaim = section.text("roles-claim", "roles");
        var keys = url(section, url);
        return Optional.of(new OidcSettings(issuer, audience, keys, rolesClaim));
    }

    private static URI url(Settings section, String url) {
        try {
            var uri = URI.create(url);
            var plain = "http".equals(uri.getScheme()) && THIS_MACHINE.contains(String.valueOf(uri.getHost()));
            if (url.isEmpty() || plain || "https".equals(uri.getScheme()) && uri.getHost() != null) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            // reported below
        }
        section.problems().add(section.full("jwks-url"), url, "a URL that begins with https://");
        return URI.create("");
    }
}
