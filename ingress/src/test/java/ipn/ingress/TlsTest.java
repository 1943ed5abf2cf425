package ipn.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.FileInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Base64;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsTest {
    private static final char[] PASSWORD = "changeit".toCharArray();

    @Test
    void with_a_certificate_it_speaks_tls_and_nothing_else(@TempDir Path folder) throws Exception {
        var keys = selfSigned(folder);
        var certificate = (X509Certificate) keys.getCertificate("ingress");
        var cert = pem(folder.resolve("cert.pem"), "CERTIFICATE", certificate.getEncoded());
        var key = pem(
                folder.resolve("key.pem"),
                "PRIVATE KEY",
                keys.getKey("ingress", PASSWORD).getEncoded());
        try (var ingress = new Ingress("tls: {certificate: %s, key: %s}".formatted(cert, key), TestAccount.main())) {
            var socket = trusting(keys).getSocketFactory().createSocket("localhost", ingress.server.port());
            try (var wire = new Wire(socket)) {
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
