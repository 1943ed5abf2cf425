package ipn.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ClientTest {
    private static final ClientAddress ADDRESS =
            ClientAddress.forwarded("192.0.2.1").orElseThrow();

    @Test
    void its_address_is_noted_at_the_first_authentic_delivery_and_then_once_a_minute() {
        var client = new Client(ADDRESS, false);
        var now = System.nanoTime();

        assertThat(client.isProven()).isFalse();
        assertThat(client.prove(now)).isTrue();
        assertThat(client.isProven()).isTrue();
        assertThat(client.prove(now + TimeUnit.SECONDS.toNanos(59))).isFalse();
        assertThat(client.prove(now + TimeUnit.SECONDS.toNanos(61))).isTrue();
    }

    @Test
    void one_that_was_proven_before_it_connected_is_noted_again() {
        assertThat(new Client(ADDRESS, true).prove(System.nanoTime())).isTrue();
    }
}
