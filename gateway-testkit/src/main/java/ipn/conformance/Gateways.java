package ipn.conformance;

import ipn.gateway.Gateway;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.stream.Stream;

/** The gateways on the class path. */
final class Gateways {
    private Gateways() {}

    static Stream<Gateway> all() {
        return ServiceLoader.load(Gateway.class).stream().map(ServiceLoader.Provider::get);
    }

    static Optional<Gateway> find(String name) {
        return all().filter(gateway -> gateway.name().equals(name)).findFirst();
    }
}
