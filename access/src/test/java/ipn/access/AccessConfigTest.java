package ipn.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ipn.settings.Settings;
import ipn.settings.SettingsException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccessConfigTest {
    private static final Path DATA = Path.of("data");
    private static final Map<String, String> ENVIRONMENT = Map.of("TOKEN", "t".repeat(32));

    @Test
    void defaults() {
        var config = read("{}");
        assertThat(config.listen().host()).isEqualTo("127.0.0.1");
        assertThat(config.listen().port()).isEqualTo(8086);
        assertThat(config.listen().rate()).isEqualTo(10_000);
        assertThat(config.eventLoops()).isEqualTo(2);
        assertThat(config.signer()).isEmpty();
        assertThat(config.url()).hasToString("http://127.0.0.1:8086");
        assertThat(config.file()).isEqualTo(DATA.resolve("access").resolve("entitlements"));
    }

    @Test
    void with_a_service_it_may_listen_anywhere() {
        var config = read("{host: 0.0.0.0, services: {page: {tokens: [\"env:TOKEN\"], roles: [service]}},"
                + " public-url: \"https://access.example.com\"}");

        assertThat(config.listen().host()).isEqualTo("0.0.0.0");
        assertThat(config.url()).hasToString("https://access.example.com");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "access.host        | {host: 0.0.0.0}",
                "access.signing-key | {signing-key: 'env:TOKEN'}",
                "access.public-url  | {public-url: 'access.example.com'}",
                "access.public-url  | {public-url: 'https://a/?x=1'}",
                "access.port        | {port: 70000}",
                "access.prot        | {prot: 1}",
            })
    void a_wrong_setting_is_named(String key, String section) {
        assertThatThrownBy(() -> read(section))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining(key);
    }

    private static AccessConfig read(String section) {
        var settings = Settings.parse("access: " + section, ENVIRONMENT, Path.of(""));
        var config = AccessConfig.from(settings, DATA);
        settings.verify();
        return config;
    }
}
