package ipn.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import ipn.conformance.GatewayUnderTest;
import ipn.conformance.GatewayUnderTest.InHeader;
import ipn.conformance.Tampering;
import ipn.gateway.Verdict.Rejected;
import ipn.gateway.content.Bytes;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Tag;

/** Replays the saved corpus in every build; hunts for new inputs with {@code JAZZER_FUZZ=1}. */
@Tag("jazzer")
class NoiseFuzzTest {
    /** One gateway, opened once. */
    private record Target(InHeader gateway, GatewayAccount account, Delivery sample) {}

    private static final List<Target> TARGETS = ServiceLoader.load(GatewayUnderTest.class).stream()
            .map(ServiceLoader.Provider::get)
            .filter(InHeader.class::isInstance)
            .map(gateway -> new Target(
                    (InHeader) gateway,
                    gateway.account(),
                    gateway.samples().get(0).delivery()))
            .toList();

    @FuzzTest(maxDuration = "60s")
    void whatever_the_body_it_has_keys_and_a_translation(byte[] noise) {
        for (var target : TARGETS) {
            var delivery = new Delivery(target.sample().headers(), Bytes.wrap(noise), GatewayUnderTest.RECEIVED_AT);
            var items = target.account().identify(delivery);
            assertThat(items).isNotEmpty();
            assertThat(target.account().translate(delivery, items.get(0))).isNotNull();
        }
    }

    @FuzzTest(maxDuration = "60s")
    void whatever_the_signature_noise_is_not_believed(byte[] noise) {
        for (var target : TARGETS) {
            var genuine =
                    target.sample().header(target.gateway().signatureHeader()).orElseThrow();
            var header = new String(noise, ISO_8859_1);
            if (!header.contains(genuine.substring(genuine.length() - 40))) {
                var delivery =
                        Tampering.header(target.sample(), target.gateway().signatureHeader(), List.of(header));
                assertThat(target.account()
                                .authenticate(delivery, GatewayUnderTest.SIGNED_AT)
                                .toCompletableFuture()
                                .join())
                        .isInstanceOf(Rejected.class);
            }
        }
    }
}
