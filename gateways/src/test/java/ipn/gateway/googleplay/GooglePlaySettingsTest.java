package ipn.gateway.googleplay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ipn.conformance.TestAccounts;
import ipn.conformance.TestFiles;
import ipn.settings.SettingsException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What stops the start. */
class GooglePlaySettingsTest {
    private static final String SECTION =
            "{mode: live, audience: 'https://pay.example.com/', service-account-email: push@p.iam.gserviceaccount.com,"
                    + " subscription: projects/p/subscriptions/s, package: com.example.app, api-credentials: 'env:PLAY'}";
    private static final String KEY =
            TestFiles.bytes("keys/google-play/TEST-ONLY-service-account.json").utf8();

    @Test
    void sound_settings_open_an_account_that_asks_nobody_yet() {
        assertThatCode(() -> open(SECTION, KEY)).doesNotThrowAnyException();
        assertThatCode(() -> open(SECTION.replace(", api-credentials: 'env:PLAY'", ""), ""))
                .doesNotThrowAnyException();
    }

    @Test
    void everything_wrong_is_said_at_once() {
        assertThatThrownBy(() ->
                        open("{mode: live, package: 'com/example', api-credentials: 'env:PLAY'}", "x".repeat(2_000)))
                .isInstanceOf(SettingsException.class)
                .hasMessageContainingAll(
                        "audience: missing",
                        "service-account-email: missing",
                        "subscription: missing",
                        "package: com/example",
                        "api-credentials: env:PLAY is something else")
                .hasMessageNotContaining("xxx");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "push@p.iam.gserviceaccount.com  | push",
                "projects/p/subscriptions/s      | play-rtdn",
                "projects/p/subscriptions/s      | projects/p/topics/s",
                "com.example.app                 | ''",
                "https://pay.example.com/        | ''",
                "https://pay.example.com/        | 'a b'",
                "env:PLAY                        | test:0123456789abcdef",
                "env:PLAY                        | env:NOBODY"
            })
    void a_setting_that_cannot_be_right_stops_the_start(String sound, String wrong) {
        assertThat(SECTION).contains(sound);
        assertThatThrownBy(() -> open(SECTION.replace(sound, wrong), KEY)).isInstanceOf(SettingsException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"service_account\"->\"authorized_user\"",
                "\"client_email\"->\"x\"",
                "\"private_key_id\"->\"x\"",
                "\"private_key\"->\"x\"",
                "BEGIN PRIVATE KEY-----\\nM->BEGIN PRIVATE KEY-----\\nN",
                "BEGIN PRIVATE KEY->BEGIN RSA PRIVATE KEY",
                "{->["
            })
    void credentials_that_are_none_stop_the_start_and_are_not_shown(String change) {
        var parts = change.split("->", -1);
        assertThat(KEY).contains(parts[0]);
        assertThatThrownBy(() -> open(SECTION, KEY.replace(parts[0], parts[1])))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("api-credentials: env:PLAY is something else")
                .hasMessageNotContaining("PRIVATE KEY");
    }

    @Test
    void one_key_is_enough() {
        assertThatThrownBy(() -> open(SECTION.replace("'env:PLAY'", "['env:PLAY', 'env:PLAY']"), KEY))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("api-credentials: several");
    }

    @Test
    void nothing_prints_a_key() {
        assertThat(open(SECTION, KEY).toString()).doesNotContain("PRIVATE", "iam.gserviceaccount.com\",");
    }

    private static Object open(String section, String credentials) {
        return TestAccounts.open(GooglePlayGateway.NAME, section, Map.of("PLAY", credentials));
    }
}
