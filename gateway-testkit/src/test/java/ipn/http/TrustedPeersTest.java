package ipn.http;

import static ipn.conformance.LocalPeer.replying;
import static ipn.http.Asking.BYTES_MAX;
import static ipn.http.Asking.HOST;
import static ipn.http.Asking.URL;
import static ipn.http.Asking.failure;
import static ipn.http.Asking.reply;
import static org.assertj.core.api.Assertions.assertThat;

import ipn.conformance.LocalCertificate;
import ipn.conformance.LocalPeer;
import ipn.settings.Settings;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class TrustedPeersTest {
    @TempDir
    Path folder;

    @Test
    void a_peer_of_the_configured_authority_is_asked() throws Exception {
        var certificate = LocalCertificate.create(folder);
        try (var peer = LocalPeer.overHttps(certificate, replying("{}"))) {
            assertThat(reply(asking(peer.url(""), certificate)).status()).isEqualTo(200);
        }
    }

    @Test
    void a_peer_of_another_authority_learns_nothing() throws Exception {
        var other = LocalCertificate.create(folder);
        try (var peer = LocalPeer.overHttps(LocalCertificate.create(folder), replying("{}"))) {
            assertThat(failure(asking(peer.url(""), other)))
                    .isInstanceOf(Unreachable.class)
                    .hasMessage("no answer from localhost: SSLHandshakeException");
            assertThat(peer.requests()).isEmpty();
        }
    }

    @Test
    void a_peer_that_no_usual_authority_vouches_for_learns_nothing() throws Exception {
        try (var peer = LocalPeer.overHttps(LocalCertificate.create(folder), replying("{}"))) {
            assertThat(failure(asking(peer.url(""), ""))).isInstanceOf(Unreachable.class);
            assertThat(peer.requests()).isEmpty();
        }
    }

    @Test
    void a_peer_of_another_name_learns_nothing() throws Exception {
        var certificate = LocalCertificate.create(folder);
        try (var peer = LocalPeer.overHttps(certificate, replying("{}"))) {
            // the same server by a loopback address that its certificate does not name
            var url = peer.url("").replace("localhost", "127.0.0.2");
            assertThat(failure(asking(url, certificate))).isInstanceOf(Unreachable.class);
            assertThat(peer.requests()).isEmpty();
        }
    }

    @Test
    void a_peer_whose_certificate_has_expired_learns_nothing() throws Exception {
        var authority = LocalCertificate.create(folder);
        var current = authority.signing("-0d");
        var expired = authority.signing("-7d");
        try (var good = LocalPeer.overHttps(current, replying("{}"));
                var bad = LocalPeer.overHttps(expired, replying("{}"))) {
            assertThat(reply(asking(good.url(""), authority)).status()).isEqualTo(200);
            assertThat(failure(asking(bad.url(""), authority)))
                    .isInstanceOf(Unreachable.class)
                    .hasMessage("no answer from localhost: SSLHandshakeException");
            assertThat(bad.requests()).isEmpty();
        }
    }

    private CompletionStage<HttpReply> asking(String base, LocalCertificate authority) throws Exception {
        return asking(base, "fetch-ca: file:" + authority.pem(folder));
    }

    private static CompletionStage<HttpReply> asking(String base, String more) {
        var yaml = "fetch-timeout: PT10S\nfetch-via: %s\n%s".formatted(base, more);
        var settings = Settings.parse(yaml, Map.of(), Path.of(""));
        var access = HttpSettings.toHosts(settings, true, Set.of(HOST));
        settings.verify();
        return new BoundedHttp(access).get(URL, Map.of(), BYTES_MAX);
    }
}
