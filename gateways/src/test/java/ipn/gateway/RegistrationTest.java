package ipn.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import ipn.conformance.GatewayUnderTest;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class RegistrationTest {
    @Test
    void no_gateway_escapes_the_contract() {
        var registered = ServiceLoader.load(Gateway.class).stream()
                .map(provider -> provider.get().name());
        var tested = ServiceLoader.load(GatewayUnderTest.class).stream()
                .map(provider -> provider.get().name());
        assertThat(tested).containsExactlyInAnyOrderElementsOf(registered.toList());
    }
}
