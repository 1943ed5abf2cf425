package ipn.http;

import static org.assertj.core.api.Assertions.assertThat;

import ipn.conformance.LocalCertificate;
import ipn.settings.Settings;
import ipn.settings.SettingsException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpSettingsTest {
    private static final Set<String> HOSTS = Set.of("api.example.com", "keys.example.com");

    @Test
    void defaults() {
        assertThat(read("{}", true))
                .isEqualTo(new HttpAccess(
                        new Route.ToHosts(HOSTS, Optional.empty()), Optional.empty(), Duration.ofSeconds(2), 64));
    }

    @Test
    void everything_set(@TempDir Path folder) throws Exception {
        var pem = LocalCertificate.create(folder).pem(folder);
        var access = read("""
                fetch-via: https://egress.example.com:8443/gateways
                fetch-ca: file:%s
                fetch-timeout: PT10S
                fetch-in-flight: 10000
                """.formatted(pem), true);
        assertThat(access.route())
                .isEqualTo(
                        new Route.ToHosts(HOSTS, Optional.of(URI.create("https://egress.example.com:8443/gateways"))));
        assertThat(access.trust()).isPresent();
        assertThat(access.timeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(access.inFlightMax()).isEqualTo(10_000);
    }

    @Test
    void the_one_url_of_an_account_is_under_a_key_of_its_own() {
        var settings =
                Settings.parse("{verify-url: https://a.example.com/x, fetch-timeout: PT1S}", Map.of(), Path.of(""));
        var http = new HttpSettings(settings, true);
        assertThat(http.url("verify-url", URI.create("https://b.example.com/y")))
                .isEqualTo(URI.create("https://a.example.com/x"));
        var route = new Route.ToUrl(URI.create("https://a.example.com/x"));
        assertThat(http.access(route).timeout()).isEqualTo(Duration.ofSeconds(1));
        settings.verify();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://localhost:1", "http://127.0.0.1:8080/x", "http://[::1]:8", "https://egress.example.com"})
    void a_test_account_may_ask_a_loopback_host_without_tls(String base) {
        assertThat(read("fetch-via: \"" + base + "\"", false).route())
                .isEqualTo(new Route.ToHosts(HOSTS, Optional.of(URI.create(base))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://example.com",
                "http://127.0.0.1.example.com",
                "http://localhost.example.com",
                "ftp://localhost",
                "https:///x",
                "localhost:8080",
                "https://user:word@example.com",
                "https://example.com/?x=y",
                "https://example.com/#x",
                "https://a b"
            })
    void a_base_that_cannot_be_used(String base) {
        var yaml = "fetch-via: \"" + base + "\"";
        assertThat(problems(yaml, false)).containsExactlyElementsOf(problems(yaml, true));
        assertThat(problems(yaml, true))
                .containsExactly("fetch-via: not usable (expected: a URL such as https://egress.example.com;"
                        + " http: only for a loopback host and mode test)");
    }

    @Test
    void a_live_account_asks_over_tls_only() {
        assertThat(problems("fetch-via: http://localhost:1", true))
                .singleElement()
                .asString()
                .startsWith("fetch-via: not usable");
    }

    @Test
    void says_everything_that_is_wrong_at_once(@TempDir Path folder) throws Exception {
        var noPem = Files.writeString(folder.resolve("ca.pem"), "hello");
        assertThat(problems("""
                        fetch-via: nowhere
                        fetch-ca: file:%s
                        fetch-timeout: PT10.1S
                        fetch-in-flight: 0
                        fetch-hosts: [evil.example.com]
                        """.formatted(noPem), false))
                .satisfiesExactly(
                        problem -> assertThat(problem).startsWith("fetch-ca: no certificates"),
                        problem -> assertThat(problem)
                                .isEqualTo("fetch-hosts: unknown (expected: one of fetch-ca, fetch-in-flight,"
                                        + " fetch-timeout, fetch-via)"),
                        problem -> assertThat(problem).startsWith("fetch-in-flight: 0"),
                        problem -> assertThat(problem).startsWith("fetch-timeout: PT10.1S"),
                        problem -> assertThat(problem).startsWith("fetch-via: not usable"));
        assertThat(problems("fetch-timeout: PT0S", false))
                .containsExactly("fetch-timeout: PT0S (expected: longer than zero, e.g. PT2S)");
    }

    private static HttpAccess read(String yaml, boolean live) {
        var settings = Settings.parse(yaml, Map.of(), Path.of(""));
        var access = HttpSettings.toHosts(settings, live, HOSTS);
        settings.verify();
        return access;
    }

    private static List<String> problems(String yaml, boolean live) {
        try {
            return List.of("none: " + read(yaml, live));
        } catch (SettingsException e) {
            return e.problems();
        }
    }
}
