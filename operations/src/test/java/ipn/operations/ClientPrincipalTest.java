package ipn.operations;

import static org.assertj.core.api.Assertions.assertThat;

import ipn.avro.NameSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientPrincipalTest {
    private static final String PASSWORD = "password-of-the-store";

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"ada\" password=\"bob\";",
                "org.apache.kafka.common.security.scram.ScramLoginModule required password='x' username='ada';",
                "org.apache.kafka.common.security.scram.ScramLoginModule required  username = ada  password=x;"
            })
    void the_user_of_sasl_is_the_principal(String jaas) {
        for (var mechanism : new String[] {"PLAIN", "SCRAM-SHA-512"}) {
            assertThat(ClientPrincipal.named(client(Map.of(
                            "security.protocol", "SASL_SSL", "sasl.mechanism", mechanism, "sasl.jaas.config", jaas))))
                    .contains(new ClientPrincipal("ada", NameSource.SASL));
        }
        assertThat(ClientPrincipal.named(client(Map.of("sasl.mechanism", "PLAIN", "sasl.jaas.config", jaas))))
                .as("the protocol does not use it")
                .isEmpty();
        assertThat(ClientPrincipal.named(client(Map.of(
                        "security.protocol", "SASL_SSL", "sasl.mechanism", "OAUTHBEARER", "sasl.jaas.config", jaas))))
                .as("a token names who it is")
                .isEmpty();
    }

    @Test
    void a_quoted_name_may_have_any_character() {
        assertThat(ClientPrincipal.named(client(Map.of(
                        "security.protocol",
                        "SASL_PLAINTEXT",
                        "sasl.mechanism",
                        "PLAIN",
                        "sasl.jaas.config",
                        "x required username=\"a \\\"d\\\" ;a\" password=\"p\";"))))
                .contains(new ClientPrincipal("a \"d\" ;a", NameSource.SASL));
    }

    @Test
    void the_subject_of_the_certificate_is_the_principal() throws Exception {
        var store = keyStore();
        var ofStore = Map.of(
                "security.protocol",
                "SSL",
                "ssl.keystore.type",
                "PKCS12",
                "ssl.keystore.location",
                store.toString(),
                "ssl.keystore.password",
                PASSWORD);
        var expected = new ClientPrincipal("CN=ada,O=Example", NameSource.TLS);
        assertThat(ClientPrincipal.named(client(ofStore))).contains(expected);

        var pem = pem(store);
        assertThat(ClientPrincipal.named(client(Map.of(
                        "security.protocol",
                        "SSL",
                        "ssl.keystore.type",
                        "PEM",
                        "ssl.keystore.certificate.chain",
                        pem))))
                .contains(expected);
        var file = Files.writeString(
                folder.resolve("ada.pem"), "-----BEGIN PRIVATE KEY-----\nAA==\n-----END PRIVATE KEY-----\n" + pem);
        assertThat(ClientPrincipal.named(client(Map.of(
                        "security.protocol",
                        "SSL",
                        "ssl.keystore.type",
                        "PEM",
                        "ssl.keystore.location",
                        file.toString()))))
                .contains(expected);
    }

    @Test
    void a_store_that_cannot_be_read_and_settings_without_authentication_name_nobody() {
        assertThat(ClientPrincipal.named(client(Map.of(
                        "security.protocol",
                        "SSL",
                        "ssl.keystore.location",
                        folder.resolve("nowhere").toString()))))
                .isEmpty();
        assertThat(ClientPrincipal.named(client(Map.of("security.protocol", "SSL"))))
                .isEmpty();
        assertThat(ClientPrincipal.named(client(Map.of()))).isEmpty();
    }

    @Test
    void a_name_that_is_typed_is_claimed_and_the_principal_is_kept_beside_it() {
        var principal = Optional.of(new ClientPrincipal("ada", NameSource.SASL));
        assertThat(Operator.of(Optional.of("bob"), principal, "root", Optional.empty()))
                .satisfies(claimed -> {
                    assertThat(claimed.by()).isEqualTo("bob");
                    assertThat(claimed.source()).isEqualTo(NameSource.CLAIMED);
                    assertThat(claimed.principal()).contains("ada");
                    assertThat(claimed.person()).isEqualTo("ada");
                });
        assertThat(Operator.of(Optional.empty(), principal, "root", Optional.empty()))
                .satisfies(known -> {
                    assertThat(known.by()).isEqualTo("ada");
                    assertThat(known.source()).isEqualTo(NameSource.SASL);
                });
        assertThat(Operator.of(Optional.empty(), Optional.empty(), "root", Optional.empty()))
                .satisfies(user -> {
                    assertThat(user.by()).isEqualTo("root");
                    assertThat(user.source()).isEqualTo(NameSource.SYSTEM_USER);
                    assertThat(user.person()).isEqualTo("root");
                });
    }

    private Path keyStore() throws IOException, InterruptedException {
        var store = folder.resolve("ada.p12");
        var keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        var process = new ProcessBuilder(
                        keytool,
                        "-genkeypair",
                        "-alias",
                        "ada",
                        "-dname",
                        "CN=ada, O=Example",
                        "-keyalg",
                        "EC",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        PASSWORD)
                .redirectErrorStream(true)
                .start();
        assertThat(process.waitFor())
                .as(new String(process.getInputStream().readAllBytes()))
                .isZero();
        return store;
    }

    private static String pem(Path store) throws Exception {
        var keys = java.security.KeyStore.getInstance("PKCS12");
        try (var file = Files.newInputStream(store)) {
            keys.load(file, PASSWORD.toCharArray());
        }
        return "-----BEGIN CERTIFICATE-----\n"
                + Base64.getMimeEncoder()
                        .encodeToString(keys.getCertificate("ada").getEncoded())
                + "\n-----END CERTIFICATE-----\n";
    }

    private static Properties client(Map<String, String> settings) {
        var client = new Properties();
        client.putAll(settings);
        return client;
    }
}
