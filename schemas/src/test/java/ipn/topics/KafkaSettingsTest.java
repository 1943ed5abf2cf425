package ipn.topics;

import static org.assertj.core.api.Assertions.assertThat;

import ipn.settings.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaSettingsTest {
    private static KafkaSettings read(Settings settings) {
        return KafkaSettings.from(settings, "127.0.0.1:9092", "http://127.0.0.1:8081");
    }

    @Test
    void defaults() {
        var kafka = read(Settings.empty());
        assertThat(kafka.clients()).isEqualTo(Map.of("bootstrap.servers", "127.0.0.1:9092"));
        assertThat(kafka.registry())
                .isEqualTo(Map.of("schema.registry.url", "http://127.0.0.1:8081", "auto.register.schemas", "false"));
        assertThat(kafka.topics()).isEqualTo(TopicCatalogue.defaults());
    }

    @Test
    void passes_any_key_through_to_kafka_and_to_the_registrys_client() {
        var settings = Settings.parse("""
                kafka: {bootstrap.servers: "broker:9092", security.protocol: SSL}
                schema-registry: {url: "https://registry", basic.auth.credentials.source: USER_INFO}
                """, Map.of("IPN_KAFKA_CLIENT_DNS_LOOKUP", "use_all_dns_ips"), Path.of(""));

        var kafka = read(settings);
        settings.verify();

        assertThat(kafka.client())
                .isEqualTo(Map.of(
                        "bootstrap.servers", "broker:9092",
                        "security.protocol", "SSL",
                        "client.dns.lookup", "use_all_dns_ips"));
        assertThat(kafka.registry())
                .isEqualTo(Map.of(
                        "schema.registry.url",
                        "https://registry",
                        "basic.auth.credentials.source",
                        "USER_INFO",
                        "auto.register.schemas",
                        "false"));
    }

    @Test
    void reads_the_secrets_of_both_by_reference(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("registry-user"), "ingress:registry-pw\n");
        Files.writeString(folder.resolve("jaas"), "Module required password=\"jaas-pw\";\n");
        var settings = Settings.parse(
                """
                kafka:
                  sasl: {jaas.config: "file:jaas"}
                  ssl.key.password: env:KEY
                  ssl.keystore.password: env:STORE
                schema-registry: {url: "https://registry", basic.auth.user.info: "file:registry-user"}
                """,
                Map.of(
                        "KEY", "key-pw",
                        "STORE", "store-pw",
                        "TRUST", "trust-pw",
                        "IPN_KAFKA_SSL_TRUSTSTORE_PASSWORD", "env:TRUST"),
                folder);

        var kafka = read(settings);
        settings.verify();

        assertThat(kafka.clients())
                .containsEntry("sasl.jaas.config", "Module required password=\"jaas-pw\";")
                .containsEntry("ssl.key.password", "key-pw")
                .containsEntry("ssl.keystore.password", "store-pw")
                .containsEntry("ssl.truststore.password", "trust-pw");
        assertThat(kafka.registry()).containsEntry("basic.auth.user.info", "ingress:registry-pw");
        assertThat(kafka + " " + kafka.serdes())
                .contains("sasl.jaas.config", "basic.auth.user.info")
                .doesNotContain("-pw");
    }

    @Test
    void reports_every_secret_that_is_not_a_reference_at_once_and_shows_none() {
        var settings = Settings.parse("""
                kafka:
                  sasl.jaas.config: Module required password="PLAIN";
                  ssl.key.password: env:NONE
                  ssl.keystore.password: file:none
                  ssl.keystore.key: PLAIN
                  sasl.oauthbearer.client.credentials.client.secret: "test:PLAIN"
                  ssl.keystore.location: /path/is/no/secret
                schema-registry:
                  url: https://user:PLAIN@registry
                  basic.auth.user.info: user:PLAIN
                  bearer.auth.token: [PLAIN]
                """, Map.of("IPN_KAFKA_SSL_TRUSTSTORE_PASSWORD", "PLAIN"), Path.of(""));

        read(settings);

        var problems = settings.problems().found();
        assertThat(problems)
                .extracting(problem -> problem.substring(0, problem.indexOf(" (")))
                .containsExactly(
                        "kafka.sasl.jaas.config: not a reference",
                        "kafka.sasl.oauthbearer.client.credentials.client.secret: test:***",
                        "kafka.ssl.key.password: env:NONE is not set",
                        "kafka.ssl.keystore.key: not a reference",
                        "kafka.ssl.keystore.password: file:none cannot be read",
                        "kafka.ssl.truststore.password: not a reference",
                        "schema-registry.basic.auth.user.info: not a reference",
                        "schema-registry.bearer.auth.token: not a reference",
                        "schema-registry.url: https://***@registry");
        assertThat(problems).noneMatch(problem -> problem.contains("PLAIN"));
    }
}
