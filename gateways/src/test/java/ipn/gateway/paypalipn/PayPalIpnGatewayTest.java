package ipn.gateway.paypalipn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ipn.gateway.AccountSettings;
import ipn.gateway.Accounts;
import ipn.gateway.Acknowledgement;
import ipn.settings.SettingsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PayPalIpnGatewayTest {
    private static final String RECEIVER = "receiver: merchant@example.com\n";

    @Test
    void it_is_found_by_its_name_and_needs_no_secret() {
        var settings = Ipns.settings(
                "gateways: {paypal-ipn: {main: {mode: live, receiver: [merchant@example.com, TESTMERCHANT1]}}}");
        var account = Accounts.from(settings).find("paypal-ipn", "main").orElseThrow();
        settings.verify();
        assertThat(account.contentTypes()).containsExactly("application/x-www-form-urlencoded");
        assertThat(account.acknowledgement()).isEqualTo(Acknowledgement.EMPTY_200);
        assertThat(account.verifiesOffEventLoop()).isFalse();
    }

    @Test
    void defaults() {
        assertThat(PostBackSettings.from(account(RECEIVER, true)))
                .hasFieldOrPropertyWithValue("url", PostBackSettings.LIVE)
                .hasFieldOrPropertyWithValue("access.timeout", Duration.ofSeconds(2))
                .hasFieldOrPropertyWithValue("access.inFlightMax", 64)
                .satisfies(settings -> assertThat(settings.access().trust()).isEmpty());
        assertThat(PostBackSettings.from(account(RECEIVER, false)).url()).isEqualTo(PostBackSettings.SANDBOX);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://localhost:1/",
                "http://127.0.0.1/x",
                "http://[::1]:8/",
                "https://proxy.example.com/paypal"
            })
    void a_test_account_may_ask_elsewhere(String url) {
        Ipns.account(Ipns.TEST, RECEIVER + "verify-url: \"" + url + "\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://example.com/",
                "http://127.0.0.1.example.com/",
                "ftp://localhost/",
                "https:///x",
                "localhost:8080",
                "https://user:word@example.com/",
                "https://a b/",
                "https://example.com/#x"
            })
    void nobody_is_asked_over_an_open_line(String url) {
        assertThatExceptionOfType(SettingsException.class)
                .isThrownBy(() -> Ipns.account(Ipns.TEST, RECEIVER + "verify-url: \"" + url + "\""))
                .withMessageContaining("verify-url: not usable");
    }

    @Test
    void a_live_account_asks_over_tls_only() {
        assertThat(problems(RECEIVER + "verify-url: http://localhost:1/"))
                .singleElement()
                .asString()
                .startsWith("verify-url: not usable");
    }

    @Test
    void says_everything_that_is_wrong_at_once(@TempDir Path folder) throws Exception {
        var noPem = Files.writeString(folder.resolve("ca.pem"), "hello");
        assertThat(problems("""
                        verify-url: nowhere
                        fetch-ca: file:%s
                        fetch-timeout: PT11S
                        fetch-in-flight: 0
                        secrets: test:not-needed-here
                        """.formatted(noPem)))
                .containsExactlyInAnyOrder(
                        "fetch-ca: no certificates (expected: file:PATH of one or more certificates in PEM form)",
                        "fetch-in-flight: 0 (expected: a whole number from 1 to 10000)",
                        "fetch-timeout: PT11S (expected: a duration up to PT10S, e.g. PT5S)",
                        "verify-url: not usable (expected: a URL such as https://ipnpb.paypal.com/cgi-bin/webscr;"
                                + " http: only for a loopback host and mode test)",
                        "receiver: missing (expected: the e-mail address or merchant id that receives the money, or a list, but not any;"
                                + " shown at PayPal under Account settings, Business information)",
                        "secrets: unknown (expected: one of fetch-ca, fetch-in-flight, fetch-per-second, fetch-timeout, receiver, verify-url)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "receiver: ''",
                "receiver: []",
                "receiver: ['a@example.com', ' ']",
                "receiver: 'a b'",
                "receiver: any"
            })
    void a_receiver_that_is_none(String receiver) {
        assertThat(problems(receiver)).singleElement().asString().startsWith("receiver: ");
    }

    @Test
    void no_time_at_all_is_no_deadline() {
        assertThat(problems(RECEIVER + "fetch-timeout: PT0S"))
                .singleElement()
                .asString()
                .startsWith("fetch-timeout: PT0S");
    }

    @Test
    void a_certificate_file_that_is_not_there() {
        assertThat(problems(RECEIVER + "fetch-ca: file:/nowhere/ca.pem"))
                .anySatisfy(problem -> assertThat(problem).startsWith("fetch-ca"));
    }

    private static AccountSettings account(String yaml, boolean live) {
        return new AccountSettings(live ? Ipns.LIVE : Ipns.TEST, Ipns.settings(yaml), Ipns.USUAL);
    }

    private static List<String> problems(String yaml) {
        try {
            Ipns.account(Ipns.LIVE, yaml);
            return List.of();
        } catch (SettingsException e) {
            return e.problems();
        }
    }
}
