package ipn.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import ipn.polling.Polling;
import java.io.FileInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsTest {
    private static final char[] PASSWORD = "changeit".toCharArray();

    @TempDir
    static Path folder;

    private static KeyStore keys;
    private static String tls;

    @BeforeAll
    static void makeCertificate() throws Exception {
        keys = selfSigned(folder);
        var cert = pem(
                folder.resolve("cert.pem"),
                "CERTIFICATE",
                keys.getCertificate("ingress").getEncoded());
        var key = pem(
                folder.resolve("key.pem"),
                "PRIVATE KEY",
                keys.getKey("ingress", PASSWORD).getEncoded());
        tls = "tls: {certificate: %s, key: %s}".formatted(cert, key);
    }

    @Test
    void with_a_certificate_it_speaks_tls_and_nothing_else() throws Exception {
        try (var ingress = new Ingress(tls, TestAccount.main())) {
            try (var wire = new Wire(open(ingress))) {
                assertThat(wire.send(Post.signed("pay_1 evt_1").bytes())
                                .mustAnswer()
                                .status())
                        .isEqualTo(200);
                var folded = Post.signed("pay_1 evt_1").with("X-Folded: one\r\n two");
                assertThat(wire.send(folded.bytes()).mustAnswer().status()).isEqualTo(400);
            }
            try (var plain = ingress.open()) {
                plain.send(Post.signed("pay_1 evt_1").bytes());
                assertThat(plain.closed() || plain.closed()).isTrue();
            }
            assertThat(ingress.raw.records).hasSize(1);
        }
    }

    @Test
    void the_end_of_its_certificate_is_known() throws Exception {
        var certificate = new IngressConfig.Tls(folder.resolve("cert.pem").toString(), "");
        assertThat(certificate.end())
                .contains(((X509Certificate) keys.getCertificate("ingress"))
                        .getNotAfter()
                        .toInstant());
        assertThat(new IngressConfig.Tls(folder.resolve("absent").toString(), "").end())
                .isEmpty();
    }

    @Test
    void whatever_server_name_is_asked_for_the_one_certificate_is_presented() throws Exception {
        try (var ingress = new Ingress(tls, TestAccount.main())) {
            for (var i = 0; i < 50; i++) {
                var socket = open(ingress);
                var parameters = socket.getSSLParameters();
                parameters.setServerNames(List.of(new SNIHostName("host-" + i + ".example")));
                socket.setSSLParameters(parameters);
                try (var wire = new Wire(socket)) {
                    assertThat(socket.getSession().getPeerCertificates())
                            .containsExactly(keys.getCertificate("ingress"));
                    assertThat(wire.send(Post.signed("pay_1 evt_1").bytes())
                                    .mustAnswer()
                                    .status())
                            .isEqualTo(200);
                }
            }
        }
    }

    @Test
    void a_handshake_that_does_not_begin_is_cut_off_at_the_header_deadline() {
        try (var ingress = new Ingress("header-deadline: PT0.3S, " + tls, TestAccount.main());
                var silent = ingress.open()) {
            var begun = System.nanoTime();
            assertThat(silent.closed()).isTrue();
            assertThat(Duration.ofNanos(System.nanoTime() - begun))
                    .as("the default of Vert.x is 10 s")
                    .isBetween(Duration.ofMillis(200), Duration.ofSeconds(8));
        }
    }

    @Test
    void a_handshake_that_trickles_in_is_cut_off_at_the_header_deadline() {
        try (var ingress = new Ingress("header-deadline: PT0.3S, " + tls, TestAccount.main());
                var slow = ingress.open()) {
            var begun = System.nanoTime();
            // a record of TLS with a handshake message of 511 bytes, of which only a few arrive
            slow.send(new byte[] {22, 3, 1, 2, 0, 1, 0, 1, (byte) 0xfc});
            assertThat(Polling.upTo(Duration.ofSeconds(8))
                            .every(Duration.ofMillis(50))
                            .until(() -> slow.send(new byte[] {3}).isGone()))
                    .isTrue();
            assertThat(Duration.ofNanos(System.nanoTime() - begun))
                    .as("traffic does not extend it")
                    .isBetween(Duration.ofMillis(200), Duration.ofSeconds(8));
        }
    }

    private static SSLSocket open(Ingress ingress) throws Exception {
        return (SSLSocket) trusting(keys).getSocketFactory().createSocket("localhost", ingress.server.port());
    }

    private static KeyStore selfSigned(Path folder) throws Exception {
        var store = folder.resolve("keys.p12").toString();
        var keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "ingress",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=dns:localhost",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        "changeit",
                        "-keystore",
                        store)
                .inheritIO()
                .start();
        assertThat(keytool.waitFor()).isZero();
        var keys = KeyStore.getInstance("PKCS12");
        try (var in = new FileInputStream(store)) {
            keys.load(in, PASSWORD);
        }
        return keys;
    }

    private static Path pem(Path file, String what, byte[] der) throws Exception {
        var base64 = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(der);
        return Files.writeString(file, "-----BEGIN %1$s-----%n%2$s%n-----END %1$s-----%n".formatted(what, base64));
    }

    private static SSLContext trusting(KeyStore keys) throws Exception {
        var certificates = KeyStore.getInstance(KeyStore.getDefaultType());
        certificates.load(null);
        certificates.setCertificateEntry("ingress", keys.getCertificate("ingress"));
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(certificates);
        var context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }
}
