package ipn.http;

import static ipn.http.Asking.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** URLs come out of notifications that nobody has vouched for yet. */
@Timeout(60)
class AllowedHostsTest {
    private static final Set<String> HOSTS = Set.of("api.paypal.com", "api.sandbox.paypal.com");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://api.paypal.com/v1/certs/x",
                "ftp://api.paypal.com/v1/certs/x",
                "file:///etc/passwd",
                "jar:https://api.paypal.com/x!/y",
                "javascript:alert(1)",
                "//api.paypal.com/x",
                "/v1/certs/x",
                "api.paypal.com",
                "",
                "https:",
                "https:api.paypal.com/x",
                "https:///api.paypal.com/x",
                "https://api.paypal.com.evil.tld/x",
                "https://evil.tld/api.paypal.com",
                "https://evil.tld?api.paypal.com",
                "https://evil.tld#api.paypal.com",
                "https://api.paypal.com@evil.tld/x",
                "https://api.paypal.com@evil",
                "https://user@api.paypal.com/x",
                "https://user:word@api.paypal.com/x",
                "https://@api.paypal.com/x",
                "https://api.paypal.com:443@evil.tld/x",
                "https://api.paypal.com#@evil.tld/",
                "https://evil.tld\\@api.paypal.com/x",
                "https://api.paypal.com\\@evil.tld/x",
                "https:\\\\api.paypal.com\\x",
                "https://api.paypal.com\\.evil.tld/x",
                "https://evilapi.paypal.com/x",
                "https://x.api.paypal.com/x",
                "https://paypal.com/x",
                "https://api-paypal.com/x",
                "https://api.paypal.com./x",
                "https://api.paypal.com../x",
                "https://.api.paypal.com/x",
                "https://api.paypa1.com/x",
                "https://api.p\u0430ypal.com/x", // a Cyrillic letter
                "https://api\u3002paypal\u3002com/x", // ideographic full stops
                "https://\uff41pi.paypal.com/x", // a full-width letter
                "https://api.pa\u00adypal.com/x", // a soft hyphen
                "https://xn--api-pypal-4ve.com/x",
                "https://api.paypal.com%2eevil.tld/x",
                "https://api.paypal.com%00.evil.tld/x",
                "https://%61pi.paypal.com/x",
                "https://api_.paypal.com/x",
                "https://169.254.169.254/latest/meta-data/",
                "http://169.254.169.254/latest/meta-data/",
                "https://127.0.0.1/x",
                "https://2130706433/x",
                "https://0x7f.1/x",
                "https://[::1]/x",
                "https://[::ffff:169.254.169.254]/x",
                "https://localhost/x",
                "https://api.paypal.com:8443/x",
                "https://api.paypal.com:80/x",
                "https://api.paypal.com:0/x",
                "https://api.paypal.com:65979/x", // 443 in sixteen bits
                "https://api.paypal.com:-443/x",
                "https://api.paypal.com/x#y",
                "https://api.paypal.com/x\r\nHost: evil.tld",
                "https://api.paypal.com/x y",
                "https://api.paypal.com/\u560a\u560dHost: evil",
                "https://api.paypal.com/\u010a\u010dx",
                "https://api.paypal.com/../x",
                "https://api.paypal.com/x/%2e%2E/y",
                "https://api.paypal.com/x/.%2e",
                " https://api.paypal.com/x",
                "https:// api.paypal.com/x",
                "https://api.paypal.com,evil.tld/x",
                "https://api.paypal.com;evil.tld/x"
            })
    void nobody_is_asked_about(String url) throws Exception {
        try (var proxy = new RawPeer(RawPeer.replying("HTTP/1.1 403 No\r\nContent-Length: 0\r\n\r\n"));
                var dialled = new Dialled(proxy.port())) {
            assertThat(failure(paypal().get(url, Map.of(), 64))).isInstanceOf(NotAllowed.class);
            assertThat(dialled.hosts()).isEmpty();
            assertThat(proxy.requests()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://api.paypal.com/v1/notifications/certs/CERT-360caa42-fca2a594-a5cafa77",
                "https://api.paypal.com:443/v1/certs/x?y=z",
                "https://API.PayPal.COM/v1/certs/x",
                "HTTPS://api.paypal.com/v1/certs/x",
                "https://api.paypal.com",
                "https://api.paypal.com/a..b/...",
                "https://api.paypal.com:/x"
            })
    void a_host_of_the_list_is_dialled(String url) throws Exception {
        try (var proxy = new RawPeer(RawPeer.replying("HTTP/1.1 502 No\r\nContent-Length: 0\r\n\r\n"));
                var dialled = new Dialled(proxy.port())) {
            paypal().get(url, Map.of(), 64)
                    .handle((reply, failure) -> true)
                    .toCompletableFuture()
                    .join();
            assertThat(dialled.hosts()).singleElement().asString().isEqualToIgnoringCase("api.paypal.com");
            assertThat(proxy.requests())
                    .singleElement()
                    .asString()
                    .isEqualToIgnoringCase("CONNECT api.paypal.com:443 HTTP/1.1");
        }
    }

    @Test
    void a_url_without_end_is_not_asked_about() {
        assertThat(failure(paypal().get("https://api.paypal.com/" + "x".repeat(4_096), Map.of(), 64)))
                .isInstanceOf(NotAllowed.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"API.paypal.com", "paypal", "*.paypal.com", ".paypal.com", "api.paypal.com.", "127.0.0.1", ""})
    void a_list_has_full_names_in_lower_case(String host) {
        assertThatIllegalArgumentException().isThrownBy(() -> new Route.ToHosts(Set.of(host), Optional.empty()));
    }

    @Test
    void a_list_names_somebody() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Route.ToHosts(Set.of(), Optional.empty()));
    }

    @Test
    void the_operators_one_url_is_the_only_one() {
        var route = new Route.ToUrl(URI.create("https://api.paypal.com/x"));
        var http = new BoundedHttp(new HttpAccess(route, Optional.empty(), Duration.ofSeconds(2), 1));
        assertThat(failure(http.get("https://api.paypal.com/y", Map.of(), 64))).isInstanceOf(NotAllowed.class);
    }

    private static BoundedHttp paypal() {
        var route = new Route.ToHosts(HOSTS, Optional.empty());
        return new BoundedHttp(new HttpAccess(route, Optional.empty(), Duration.ofSeconds(10), 64));
    }
}
