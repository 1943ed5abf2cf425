package ipn.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ipn.settings.Settings;
import ipn.settings.SettingsException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccessConfigTest {
    private static final Path DATA = Path.of("data");
    private static final Map<String, String> ENVIRONMENT = Map.of("TOKEN", "t".repeat(32), "SHORT", "t".repeat(31));

    @Test
    void defaults() {
        assertThat(read("{}"))
                .isEqualTo(new AccessConfig(
                        "127.0.0.1",
                        8086,
                        2,
                        List.of(),
                        Optional.empty(),
                        Optional.empty(),
                        DATA.resolve("access").resolve("entitlements")));
    }

    @Test
    void with_a_token_it_may_listen_anywhere() {
        var config = read("{host: 0.0.0.0, tokens: [\"env:TOKEN\"], public-url: \"https://access.example.com\"}");

        assertThat(config.host()).isEqualTo("0.0.0.0");
        assertThat(config.tokens()).hasSize(1);
        assertThat(config.publicUrl()).hasToString("Optional[https://access.example.com]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "access.host        | {host: 0.0.0.0}",
                "access.host        | {host: '::'}",
                "access.tokens      | {host: 0.0.0.0, tokens: []}",
                "access.tokens      | {tokens: ['env:SHORT']}",
                "access.tokens      | {tokens: ['env:MISSING']}",
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
