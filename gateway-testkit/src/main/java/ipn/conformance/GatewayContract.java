package ipn.conformance;

import ipn.conformance.GatewayUnderTest.InHeader;
import ipn.conformance.GatewayUnderTest.Signing;
import ipn.conformance.GatewayUnderTest.Timed;
import ipn.conformance.evidence.ReportsGateway;
import ipn.gateway.Delivery;
import ipn.gateway.GatewayAccount;
import ipn.gateway.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.provider.Arguments;

/**
 * The contract tests of all gateways. Each gateway provides a {@link GatewayUnderTest}. The system property {@code gateway}
 * limits a run to one gateway. Tests that do not apply to a gateway have no cases for it.
 */
@ExtendWith(ReportsGateway.class)
abstract class GatewayContract {
    static final Instant SIGNED_AT = GatewayUnderTest.SIGNED_AT;

    static List<GatewayUnderTest> gateways() {
        var only = System.getProperty("gateway", "");
        return ServiceLoader.load(GatewayUnderTest.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(gateway -> only.isEmpty() || gateway.name().equals(only))
                .toList();
    }

    static List<Named<GatewayUnderTest>> named() {
        return named(GatewayUnderTest.class);
    }

    static List<Named<Signing>> signing() {
        return named(Signing.class);
    }

    static List<Named<InHeader>> inHeader() {
        return named(InHeader.class);
    }

    static List<Named<Timed>> timed() {
        return named(Timed.class);
    }

    private static <G extends GatewayUnderTest> List<Named<G>> named(Class<G> kind) {
        return gateways().stream()
                .filter(kind::isInstance)
                .map(gateway -> Named.of(gateway.name(), kind.cast(gateway)))
                .toList();
    }

    /** All samples. */
    static Stream<Arguments> samples() {
        return gateways().stream()
                .flatMap(gateway -> gateway.samples().stream()
                        .map(sample -> Arguments.of(Named.of(gateway.name(), gateway), sample)));
    }

    /** The samples that the gateway sent, which must be authentic. */
    static Stream<Arguments> sent() {
        return samples().filter(arguments -> sample(arguments).isSent());
    }

    /** The samples that only test signatures. */
    static Stream<Arguments> vectors() {
        return samples().filter(arguments -> sample(arguments).expected().isEmpty());
    }

    /** The samples with an expected translation. */
    static Stream<Arguments> meaningful() {
        return samples().filter(arguments -> !sample(arguments).expected().isEmpty());
    }

    private static Sample sample(Arguments arguments) {
        return (Sample) arguments.get()[1];
    }

    static Sample firstSent(GatewayUnderTest gateway) {
        return gateway.samples().stream().filter(Sample::isSent).findFirst().orElseThrow();
    }

    /** A new delivery with the content of a sample, signed at {@code now}. */
    static Delivery again(GatewayUnderTest gateway, Sample sample, Instant now) {
        return gateway.authentic(gateway.content(sample.delivery()), now);
    }

    static Verdict judge(GatewayAccount account, Delivery delivery, Instant now) {
        return account.authenticate(delivery, now).toCompletableFuture().join();
    }
}
