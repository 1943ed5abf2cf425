package ipn.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where a question goes that may be asked; what may not be asked is in {@link AllowedHostsTest}. */
class RouteTest {
    private static final Route DIRECT = new Route.ToHosts(Set.of("b.example.com", "a.example.com"), Optional.empty());

    @ParameterizedTest
    @CsvSource({
        "https://egress.example.com, https://a.example.com/x, https://egress.example.com/x",
        "https://egress.example.com/, https://a.example.com/x?y=%20z, https://egress.example.com/x?y=%20z",
        "http://localhost:81/base//, https://a.example.com/x/%2F, http://localhost:81/base/x/%2F",
        "https://egress.example.com/base, https://a.example.com, https://egress.example.com/base"
    })
    void behind_an_operators_base_path_and_query_stay(URI base, URI asked, URI connectedTo) throws Exception {
        var route = new Route.ToHosts(Set.of("a.example.com"), Optional.of(base));
        assertThat(route.resolve(asked)).isEqualTo(connectedTo);
    }

    @Test
    void a_url_has_at_most_4096_characters() throws Exception {
        var most = URI.create("https://a.example.com/" + "x".repeat(4_096 - "https://a.example.com/".length()));
        assertThat(DIRECT.resolve(most)).isEqualTo(most);
        assertThatThrownBy(() -> DIRECT.resolve(URI.create(most + "x"))).isInstanceOf(NotAllowed.class);
    }

    @Test
    void the_operators_one_url_is_connected_to() throws Exception {
        var url = URI.create("https://a.example.com/x");
        assertThat(new Route.ToUrl(url).resolve(url)).isEqualTo(url);
    }

    @Test
    void a_host_stands_for_a_route_always_the_same_one() {
        assertThat(DIRECT.name()).isEqualTo("a.example.com");
        assertThat(new Route.ToUrl(URI.create("https://c.example.com/x")).name())
                .isEqualTo("c.example.com");
    }
}
