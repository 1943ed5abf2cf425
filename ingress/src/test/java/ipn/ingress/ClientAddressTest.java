package ipn.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.net.SocketAddress;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientAddressTest {

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1,              192.0.2.1,              true",
        "192.0.2.1,              192.0.2.2,              false",
        "192.0.2.1,              ::ffff:192.0.2.1,       true",
        "2001:db8:1:2::1,        2001:db8:1:2:ffff::9,   true",
        "2001:db8:1:2::1,        2001:db8:1:3::1,        false",
    })
    void an_ipv4_address_or_a_64_bit_network_is_one_client(String one, String other, boolean same) {
        assertThat(ClientAddress.of(SocketAddress.inetSocketAddress(1, one))
                        .equals(ClientAddress.of(SocketAddress.inetSocketAddress(2, other))))
                .isEqualTo(same);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "203.0.113.1, 192.0.2.1 | 192.0.2.1",
                "192.0.2.1              | 192.0.2.1",
                "' 2001:db8::1 '        | 2001:db8::5",
            })
    void a_proxy_appends_the_address_it_saw(String header, String client) {
        assertThat(ClientAddress.forwarded(header))
                .contains(ClientAddress.of(SocketAddress.inetSocketAddress(1, client)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"unknown", "192.0.2.1, example.com", "192.0.2.1:80", "192.0.2.1,", "''"})
    void what_is_no_address_is_never_resolved(String header) {
        assertThat(ClientAddress.forwarded(header)).isEqualTo(Optional.empty());
    }

    @Test
    void clients_without_an_address_share_one() {
        assertThat(ClientAddress.of(null)).isEqualTo(ClientAddress.of(SocketAddress.domainSocketAddress("/tmp/x")));
    }
}
