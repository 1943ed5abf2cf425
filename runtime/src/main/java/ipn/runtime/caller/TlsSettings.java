package ipn.runtime.caller;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.ServerSSLOptions;
import ipn.settings.Secret;
import ipn.settings.Settings;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Optional;

/**
 * TLS of a server.
 *
 * @param certificate of the server, and those that it was issued by, in PEM
 * @param key private key of the certificate, in PEM, PKCS #8
 * @param clientCa whose certificates clients may present, in PEM; empty: clients are not asked for one
 */
record TlsSettings(Secret certificate, Secret key, Optional<Secret> clientCa) {
    private static final long HANDSHAKE_SECONDS_MAX = 5;

    /** Reads {@code tls} of a section; empty if it is absent, or if secrets are not read. */
    static Optional<TlsSettings> from(Settings section) {
        if (!section.has("tls")) {
            return Optional.empty();
        }
        var tls = section.in("tls");
        var certificate = secret(tls, "certificate");
        var key = secret(tls, "key");
        var clientCa = tls.has("client-ca") ? secret(tls, "client-ca") : Optional.<Secret>empty();
        if (certificate.isEmpty() || key.isEmpty()) {
            return Optional.empty();
        }
        var settings = new TlsSettings(certificate.get(), key.get(), clientCa);
        settings.check(tls);
        return Optional.of(settings);
    }

    /** Several servers may have the same certificate and key. */
    private static Optional<Secret> secret(Settings tls, String name) {
        return tls.secrets(name, false, 1, text -> true).stream().findFirst();
    }

    private void check(Settings tls) {
        try {
            if (!Pem.isKeyOf(Pem.certificates(certificate.text()).get(0), key.text())) {
                tls.problems().add(tls.full("key"), key.id(), "the private key of tls.certificate");
            }
        } catch (GeneralSecurityException e) {
            tls.problems()
                    .add(
                            tls.path(),
                            "%s and %s".formatted(certificate.id(), key.id()),
                            "a certificate in PEM, and its private key in PEM (PKCS #8)");
        }
        clientCa.ifPresent(ca -> {
            try {
                var unused = Pem.certificates(ca.text());
            } catch (GeneralSecurityException e) {
                tls.problems().add(tls.full("client-ca"), ca.id(), "certificates in PEM");
            }
        });
    }

    /** When the certificate of the server ends, or one that it was issued by. */
    Instant end() {
        try {
            return Pem.end(certificate.text());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(certificate.id(), e); // it was checked when it was read
        }
    }

    /** @param always whether a client must present a certificate, because it can prove who it is by nothing else */
    ServerSSLOptions options(boolean always) {
        var options = new ServerSSLOptions()
                .setKeyCertOptions(new PemKeyCertOptions()
                        .setCertValue(Buffer.buffer(certificate.text()))
                        .setKeyValue(Buffer.buffer(key.text())))
                .setSslHandshakeTimeout(HANDSHAKE_SECONDS_MAX);
        return clientCa.map(ca -> options.setTrustOptions(new PemTrustOptions().addCertValue(Buffer.buffer(ca.text())))
                        .setClientAuth(always ? ClientAuth.REQUIRED : ClientAuth.REQUEST))
                .orElse(options);
    }
}
