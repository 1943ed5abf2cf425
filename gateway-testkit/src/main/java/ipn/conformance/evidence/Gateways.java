package ipn.conformance.evidence;

import ipn.gateway.Gateway;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.stream.Stream;

/** The gateways on the class path. */
public final class Gateways {
    private Gateways() {}

    public static Stream<Gateway> all() {
        return ServiceLoader.load(Gateway.class).stream().map(ServiceLoader.Provider::get);
    }

    /** The gateway with this name, if it is on the class path. */
    public static Optional<Gateway> find(String name) {
        return all().filter(gateway -> gateway.name().equals(name)).findFirst();
    }
}
