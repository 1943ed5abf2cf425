package ipn.runtime.caller;

import static org.assertj.core.api.Assertions.assertThat;

import ipn.settings.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ListenSettingsTest {
    private static final Listener LISTENER = new Listener("query", 8085, 100);
    private static final Map<String, String> ENVIRONMENT = Map.of("TOKEN", "t".repeat(32), "SHORT", "t".repeat(31));

    @TempDir
    private Path folder;

    private Settings settings(String section) {
        return Settings.parse("query: {" + section + "}", ENVIRONMENT, folder);
    }

    private List<String> problems(String section) {
        var settings = settings(section);
        var unused = ListenSettings.from(settings, LISTENER);
        return settings.problems().found();
    }

    @Test
    void have_the_defaults_of_the_listener() {
        var listen = ListenSettings.from(settings(""), LISTENER);
        assertThat(listen.host()).isEqualTo("127.0.0.1");
        assertThat(listen.port()).isEqualTo(8085);
        assertThat(listen.rate()).isEqualTo(100);
        assertThat(listen.scheme()).isEqualTo("http");
        assertThat(listen.sslOptions()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "query.host                      | host: 0.0.0.0",
                "query.host                      | host: example.com",
                "query.host                      | host: '::'",
                "query.port                      | port: 70000",
                "query.rate-limit                | rate-limit: 0",
                "query.oidc.jwks-url             | oidc: {issuer: i, audience: a, jwks-url: 'http://login/keys'}",
                "query.oidc.audience             | oidc: {issuer: i, jwks-url: 'https://login/keys'}",
                "query.services.a                | services: {a: {roles: [service]}}",
                "query.services.a.roles          | services: {a: {tokens: ['env:TOKEN']}}",
                "query.services.a.roles          | services: {a: {tokens: ['env:TOKEN'], roles: [root]}}",
                "query.services.a.tokens         | services: {a: {tokens: [], roles: [service]}}",
                "query.services.a.tokens         | services: {a: {tokens: ['env:SHORT'], roles: [service]}}",
                "query.services.a.tokens         | services: {a: {tokens: ['env:MISSING'], roles: [service]}}",
                "query.services.b.tokens         | services: {a: {tokens: ['env:TOKEN'], roles: [service]}, b: {tokens: ['env:TOKEN'], roles: [checkout]}}",
                "query.services.a.certificate    | services: {a: {certificate: 'shop', roles: [service]}}",
                "query.services.b.certificate    | services: {a: {certificate: 'CN=a', roles: [service]}, b: {certificate: 'cn=A', roles: [checkout]}}",
                "query.tls.client-ca             | services: {a: {certificate: 'CN=a', roles: [service]}}",
                "query.tls.key                   | tls: {certificate: 'file:missing.pem'}",
                "query.tls                       | tls: {certificate: 'env:TOKEN', key: 'env:TOKEN'}",
            })
    void a_wrong_setting_is_named(String key, String section) {
        assertThat(problems(section))
                .anyMatch(problem -> problem.startsWith(key))
                .noneMatch(each -> each.contains("ttt"));
    }

    @Test
    void with_callers_it_may_listen_anywhere() {
        assertThat(problems("host: 0.0.0.0, services: {a: {tokens: ['env:TOKEN'], roles: [service]}}"))
                .isEmpty();
        assertThat(problems("host: 0.0.0.0, oidc: {issuer: i, audience: a, jwks-url: 'https://login/keys'}"))
                .isEmpty();
    }

    @Test
    void a_key_of_another_certificate_is_refused_and_one_pair_may_serve_two_servers() throws Exception {
        var authority = TestAuthority.named("authority");
        var one = authority.issue("CN=one");
        Files.writeString(folder.resolve("one.pem"), one.pem());
        Files.writeString(folder.resolve("one.key"), one.keyPem());
        Files.writeString(folder.resolve("two.key"), authority.issue("CN=two").keyPem());
        assertThat(problems("tls: {certificate: 'file:one.pem', key: 'file:two.key'}"))
                .containsExactly("query.tls.key: file:two.key (expected: the private key of tls.certificate)");

        var tls = "{tls: {certificate: 'file:one.pem', key: 'file:one.key'}}";
        var both = Settings.parse("query: %s\naccess: %s".formatted(tls, tls), Map.of(), folder);
        assertThat(ListenSettings.from(both, LISTENER).scheme()).isEqualTo("https");
        assertThat(ListenSettings.from(both, new Listener("access", 0, 1)).sslOptions())
                .isPresent();
        assertThat(both.problems().found()).isEmpty();
    }

    @Test
    void changed_callers_are_used_and_everything_else_needs_a_restart() {
        var before = ListenSettings.from(settings("rate-limit: 5, port: 0"), LISTENER);
        var served = new ArrayList<ListenSettings>();
        var changed = settings("rate-limit: 6, port: 1, services: {a: {tokens: ['env:TOKEN'], roles: [service]}}");
        var update = new ChangedListening(before, served::add).update(changed);

        assertThat(served).extracting(ListenSettings::rate).containsExactly(6);
        assertThat(update.used()).contains("query.rate-limit").anyMatch(key -> key.startsWith("query.services"));
        assertThat(update.needRestart()).containsExactly("query.port");
        assertThat(served.get(0).toString()).doesNotContain("ttt");
    }
}
