package ipn.access;

import ipn.settings.Secret;
import ipn.settings.Settings;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Optional;

/**
 * The section {@code access} of the settings.
 *
 * @param host to listen on; without tokens a loopback address
 * @param port to listen on; 0: a free one
 * @param tokens that clients present; empty: clients are not authenticated
 * @param signer with the key that signs answers; empty: they are not signed
 * @param publicUrl where clients reach it; empty: at host and port
 * @param file in which the cache is kept
 */
public record AccessConfig(
        String host,
        int port,
        int eventLoops,
        List<Secret> tokens,
        Optional<AnswerSigner> signer,
        Optional<URI> publicUrl,
        Path file) {
    private static final int TOKEN_LENGTH_MIN = 32;
    private static final int PORT_MAX = 65_535;

    /**
     * Reads section {@code access}.
     *
     * @param data folder in which the cache is kept
     */
    public static AccessConfig from(Settings settings, Path data) {
        var section = settings.in("access");
        var host = section.text("host", "127.0.0.1");
        var hasTokens = section.has("tokens");
        if (!hasTokens && !isLoopback(host)) {
            settings.problems()
                    .add(
                            section.full("host"),
                            host,
                            "a loopback address, because there are no access.tokens to authenticate clients");
        }
        return new AccessConfig(
                host,
                section.integer("port", 8086, 0, PORT_MAX),
                section.integer("event-loops", 2, 1, 64),
                hasTokens ? section.secrets("tokens", false, TOKEN_LENGTH_MIN) : List.of(),
                signer(section),
                section.text("public-url").map(url -> url(section, url)),
                data.resolve("access").resolve("entitlements"));
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private static Optional<AnswerSigner> signer(Settings section) {
        return section.has("signing-key")
                ? section.secrets("signing-key", false, 1).stream()
                        .findFirst()
                        .flatMap(secret -> signer(section, secret))
                : Optional.empty();
    }

    private static Optional<AnswerSigner> signer(Settings section, Secret secret) {
        try {
            return Optional.of(AnswerSigner.of(secret.text()));
        } catch (GeneralSecurityException | ClassCastException e) {
            section.problems().add(section.full("signing-key"), secret.id(), "an Ed25519 private key in PEM, PKCS #8");
            return Optional.empty();
        }
    }

    private static URI url(Settings section, String text) {
        try {
            var url = URI.create(text);
            if (text.matches("https?://.+") && url.getQuery() == null && url.getFragment() == null) {
                return url;
            }
        } catch (IllegalArgumentException e) {
            // said below
        }
        section.problems().add(section.full("public-url"), text, "a URL without query and fragment");
        return URI.create("http://127.0.0.1");
    }
}
