package ipn.runtime.caller;

import ipn.settings.Settings;
import java.net.URI;
import java.util.List;
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

    /** Reads {@code oidc} of a section; empty if it is absent. */
    static Optional<OidcSettings> from(Settings section) {
        var oidc = section.in("oidc");
        if (!section.has("oidc") && Stream.of("issuer", "audience", "jwks-url").noneMatch(oidc::has)) {
            return Optional.empty();
        }
        var issuer = oidc.required("issuer", "as tokens name it, such as https://login.example.com");
        var audience = oidc.required("audience", "that tokens are for, such as ipn");
        var url = oidc.required("jwks-url", "https://..., where the keys of the issuer are");
        return Optional.of(new OidcSettings(issuer, audience, url(oidc, url), oidc.text("roles-claim", "roles")));
    }

    /** The names that lead to the roles. */
    List<String> rolesPath() {
        return List.of(rolesClaim.split("\\."));
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
