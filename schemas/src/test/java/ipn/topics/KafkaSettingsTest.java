package ipn.topics;

import static org.assertj.core.api.Assertions.assertThat;

import ipn.settings.Settings;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

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
}
