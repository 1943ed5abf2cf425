package ipn.gateway;

import ipn.gateway.GatewayUnderTest.Signing;
import java.time.Instant;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.provider.Arguments;

/** What every gateway has to pass, in parts. A gateway joins by a {@link GatewayUnderTest} of its own. */
abstract class GatewayContract {
    static final Instant SIGNED_AT = GatewayUnderTest.SIGNED_AT;

    static List<GatewayUnderTest> gateways() {
        return ServiceLoader.load(GatewayUnderTest.class).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
    }

    static List<Named<GatewayUnderTest>> named() {
        return gateways().stream()
                .map(gateway -> Named.of(gateway.name(), gateway))
                .toList();
    }

    static List<Named<Signing>> signing() {
        return gateways().stream()
                .filter(Signing.class::isInstance)
                .map(gateway -> Named.of(gateway.name(), (Signing) gateway))
                .toList();
    }

    static Stream<Arguments> samples() {
        return gateways().stream()
                .flatMap(gateway -> gateway.samples().stream()
                        .map(sample -> Arguments.of(Named.of(gateway.name(), gateway), sample)));
    }

    static Verdict judge(GatewayAccount account, Delivery delivery, Instant now) {
        return account.authenticate(delivery, now).toCompletableFuture().join();
    }
}
