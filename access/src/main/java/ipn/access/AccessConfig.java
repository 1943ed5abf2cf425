package ipn.access;

import ipn.access.order.OrderSettings;
import ipn.runtime.caller.ListenSettings;
import ipn.runtime.caller.Listener;
import ipn.settings.Secret;
import ipn.settings.Settings;
import java.net.URI;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Optional;

/**
 * The section {@code access} of the settings.
 *
 * @param listen where, and who may ask
 * @param signer with the key that signs answers; empty: they are not signed
 * @param publicUrl where clients reach it; empty: at host and port
 * @param file in which the cache is kept
 */
public record AccessConfig(
        ListenSettings listen,
        int eventLoops,
        Optional<AnswerSigner> signer,
        Optional<URI> publicUrl,
        OrderSettings orders,
        Path file) {
    private static final Listener LISTENER = new Listener("access", 8086, 10_000);

    /**
     * Reads section {@code access}.
     *
     * @param data folder in which the cache is kept
     */
    public static AccessConfig from(Settings settings, Path data) {
        var section = settings.in("access");
        return new AccessConfig(
                ListenSettings.from(settings, LISTENER),
                section.integer("event-loops", 2, 1, 64),
                signer(section),
                section.text("public-url").map(url -> url(section, url)),
                OrderSettings.from(section.in("orders")),
                data.resolve("access").resolve("entitlements"));
    }

    /** Where clients reach it. */
    URI url() {
        var host = listen.host().contains(":") ? "[" + listen.host() + "]" : listen.host();
        return publicUrl.orElseGet(() -> URI.create("%s://%s:%d".formatted(listen.scheme(), host, listen.port())));
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
