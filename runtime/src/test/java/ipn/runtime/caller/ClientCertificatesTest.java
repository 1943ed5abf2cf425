package ipn.runtime.caller;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import ipn.polling.Polling;
import ipn.runtime.caller.TestAuthority.Issued;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Services that prove who they are by a certificate, over TLS. */
class ClientCertificatesTest {
    private static final char[] PASSWORD = "for-tests-only".toCharArray();
    private static final String TLS =
            "tls: {certificate: 'file:server.pem', key: 'file:server.key', client-ca: 'file:ca.pem'}";
    private static final String SHOP = "services: {shop: {certificate: 'CN=shop, O=Example', roles: [checkout]}}";
    /** How JSSE says that the other side has ended the connection. */
    private static final String REFUSED = "no connection";

    @TempDir
    private Path folder;

    private TestAuthority authority;

    @BeforeEach
    void writeFiles() throws Exception {
        authority = TestAuthority.named("authority");
        writeServer(authority, 1);
        write("ca.pem", authority.pem());
    }

    private void writeServer(TestAuthority issuer, int hours) throws Exception {
        var server = issuer.issue("CN=server", hours);
        write("server.pem", server.pem());
        write("server.key", server.keyPem());
    }

    private void write(String file, String content) throws IOException {
        Files.writeString(folder.resolve(file), content);
    }

    private GatedServer server(String section) {
        return new GatedServer(section, Map.of("TOKEN", "t".repeat(32)), folder);
    }

    private static HttpClient client(TestAuthority trusted, @Nullable Issued own) throws Exception {
        var keys = KeyStore.getInstance("PKCS12");
        keys.load(null, null);
        if (own != null) {
            keys.setKeyEntry("own", own.key(), PASSWORD, new Certificate[] {own.certificate()});
        }
        var trust = KeyStore.getInstance("PKCS12");
        trust.load(null, null);
        trust.setCertificateEntry(
                "authority",
                CertificateFactory.getInstance("X.509")
                        .generateCertificate(
                                new ByteArrayInputStream(trusted.pem().getBytes(StandardCharsets.US_ASCII))));
        var keyManagers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keyManagers.init(keys, PASSWORD);
        var trustManagers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trustManagers.init(trust);
        var context = SSLContext.getInstance("TLS");
        context.init(keyManagers.getKeyManagers(), trustManagers.getTrustManagers(), null);
        return HttpClient.newBuilder().sslContext(context).build();
    }

    private static String ask(GatedServer server, HttpClient client, String path, String... headers)
            throws InterruptedException {
        try {
            return server.ask(client, path, headers).body();
        } catch (IOException e) {
            return REFUSED;
        }
    }

    @Test
    void the_subject_of_a_certificate_is_a_service_with_the_roles_of_the_settings() throws Exception {
        try (var server = server(TLS + ", " + SHOP)) {
            var shop = client(authority, authority.issue("CN=shop,O=Example"));
            assertThat(ask(server, shop, "/orders")).isEqualTo("shop");
            assertThat(ask(server, shop, "/")).isEqualTo("NO_ROLE");
            assertThat(ask(server, client(authority, authority.issue("CN=shop,O=Example,C=DE")), "/orders"))
                    .as("a subject that only begins so")
                    .isEqualTo("NO_ROLE");
        }
    }

    @Test
    void without_a_certificate_or_with_a_wrong_one_there_is_no_connection() throws Exception {
        try (var server = server(TLS + ", " + SHOP)) {
            assertThat(ask(server, client(authority, null), "/orders")).isEqualTo(REFUSED);
            var stranger = TestAuthority.named("authority").issue("CN=shop,O=Example");
            assertThat(ask(server, client(authority, stranger), "/orders")).isEqualTo(REFUSED);
            var expired = authority.issue("CN=shop,O=Example", -1);
            assertThat(ask(server, client(authority, expired), "/orders")).isEqualTo(REFUSED);
            var future = authority.issue("CN=shop,O=Example", 24);
            assertThat(ask(server, client(authority, future), "/orders")).isEqualTo(REFUSED);
        }
    }

    @Test
    void where_tokens_count_too_a_certificate_may_be_missing_but_not_be_wrong() throws Exception {
        var both = SHOP.replace("}}", "}, page: {tokens: ['env:TOKEN'], roles: [service]}}");
        try (var server = server(TLS + ", " + both)) {
            var plain = client(authority, null);
            assertThat(ask(server, plain, "/")).isEqualTo("NOT_AUTHENTIC");
            assertThat(ask(server, plain, "/", "authorization", "Bearer " + "t".repeat(32)))
                    .isEqualTo("page");
            var shop = client(authority, authority.issue("CN=shop,O=Example"));
            assertThat(ask(server, shop, "/orders")).isEqualTo("shop");
            assertThat(ask(server, shop, "/orders", "authorization", "Bearer wrong"))
                    .as("a token that is presented counts alone")
                    .isEqualTo("NOT_AUTHENTIC");
            var stranger = TestAuthority.named("authority").issue("CN=shop,O=Example");
            assertThat(ask(server, client(authority, stranger), "/orders")).isEqualTo(REFUSED);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CN=\u00fc\u4e16\uD83D\uDE00",
                "CN=a\\,b\\=c\\+d\\;\\<\\>\\\"\\\\",
                "CN='\\; drop table users --",
                "CN=\\ spaces\\ ,OU=x+OU=y",
                "1.2.3.4=#0c0141,CN=oid"
            })
    void a_subject_has_any_characters(String subject) throws Exception {
        var section = "services: {any: {certificate: \"%s\", roles: [service]}}"
                .formatted(subject.replace("\\", "\\\\").replace("\"", "\\\""));
        try (var server = server(TLS + ", " + section)) {
            assertThat(ask(server, client(authority, authority.issue(subject)), "/"))
                    .isEqualTo("any");
            assertThat(ask(server, client(authority, authority.issue("CN=other")), "/"))
                    .isEqualTo("NO_ROLE");
        }
    }

    @Test
    void without_client_certificates_tls_protects_tokens() throws Exception {
        var section =
                "services: {page: {tokens: ['env:TOKEN'], roles: [service]}}, tls: {certificate: 'file:server.pem', key: 'file:server.key'}";
        try (var server = server(section)) {
            assertThat(ask(server, client(authority, null), "/", "authorization", "Bearer " + "t".repeat(32)))
                    .isEqualTo("page");
            assertThat(ask(server, client(TestAuthority.named("other"), null), "/"))
                    .isEqualTo(REFUSED);
        }
    }

    @Test
    void replaced_files_are_used_without_a_restart() throws Exception {
        var next = TestAuthority.named("next");
        var meters = new SimpleMeterRegistry();
        try (var server = server(TLS + ", " + SHOP);
                var watch = server.watch(meters)) {
            assertThat(left(meters)).as("an hour").isBetween(3_000.0, 3_600.0);
            var before = authority.issue("CN=shop,O=Example");
            assertThat(ask(server, client(authority, before), "/orders")).isEqualTo("shop");

            write("server.key", "not a key"); // a replacement that is under way, or wrong
            writeServer(next, 5);
            write("ca.pem", next.pem());
            var after = client(next, next.issue("CN=shop,O=Example"));
            assertThat(Polling.upTo(Duration.ofSeconds(20)).until(() -> isShop(server, after)))
                    .isTrue();
            assertThat(ask(server, client(next, before), "/orders")).isEqualTo(REFUSED);
            assertThat(Polling.upTo(Duration.ofSeconds(20)).until(() -> left(meters) > 10_000))
                    .as("five hours")
                    .isTrue();
        }
    }

    private static double left(MeterRegistry meters) {
        return meters.get("ipn.certificate.left.seconds")
                .tag("stage", "test")
                .tag("key", "test.tls.certificate")
                .gauge()
                .value();
    }

    private static boolean isShop(GatedServer server, HttpClient client) {
        try {
            return ask(server, client, "/orders").equals("shop");
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
