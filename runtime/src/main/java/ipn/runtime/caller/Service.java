package ipn.runtime.caller;

import ipn.settings.Secret;
import ipn.settings.Settings;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.security.auth.x500.X500Principal;

/**
 * A program that may ask.
 *
 * @param certificate subject of the client certificate that it presents
 * @param tokens one of which it presents as a bearer token
 */
record Service(String name, Optional<X500Principal> certificate, List<Secret> tokens, Set<Role> roles) {
    private static final int TOKEN_LENGTH_MIN = 32;

    Service {
        tokens = List.copyOf(tokens);
        roles = Set.copyOf(roles);
    }

    /** Reads one of {@code services}. */
    static Service from(String name, Settings section) {
        var certificate = section.text("certificate").flatMap(subject -> subject(section, subject));
        var hasTokens = section.has("tokens");
        if (!hasTokens && !section.has("certificate")) {
            section.problems()
                    .add(
                            section.path(),
                            "nothing that proves who asks",
                            "certificate: subject of one, or tokens, or both");
        }
        return new Service(
                name,
                certificate,
                hasTokens ? section.ownsSecrets().secrets("tokens", false, TOKEN_LENGTH_MIN) : List.of(),
                roles(section));
    }

    private static Optional<X500Principal> subject(Settings section, String subject) {
        try {
            return Optional.of(new X500Principal(subject));
        } catch (IllegalArgumentException e) {
            section.problems()
                    .add(
                            section.full("certificate"),
                            subject,
                            "the subject of a certificate, such as CN=shop,O=Example");
            return Optional.empty();
        }
    }

    private static Set<Role> roles(Settings section) {
        var names = section.list("roles");
        var roles = new HashSet<Role>();
        for (var name : names) {
            Role.named(name)
                    .ifPresentOrElse(
                            roles::add,
                            () -> section.problems().add(section.full("roles"), name, "of " + Role.names()));
        }
        if (names.isEmpty()) {
            section.problems().add(section.full("roles"), "missing", "of " + Role.names());
        }
        return roles;
    }

    /** Compares with all of its tokens, in a time that does not depend on where they differ. */
    boolean hasToken(byte[] presented, Instant now) {
        var has = false;
        for (var token : tokens) {
            has |= MessageDigest.isEqual(token.utf8(), presented) && token.activeAt(now);
        }
        return has;
    }

    Caller caller() {
        return new Caller(name, roles);
    }
}
