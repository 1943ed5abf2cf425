package ipn.conformance;

import static ipn.topics.Reason.WRONG_MODE;
import static org.assertj.core.api.Assertions.assertThat;

import ipn.conformance.GatewayUnderTest.SenselessBody;
import ipn.conformance.evidence.Proves;
import ipn.evidence.Proof;
import ipn.gateway.Translation;
import ipn.gateway.Verdict.Genuine;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Authentic deliveries with invalid content are stored and refused with a reason. */
class SenselessContractTest extends GatewayContract {
    static Stream<Arguments> senseless() {
        return gateways().stream()
                .flatMap(gateway -> gateway.senselessBodies().stream()
                        .map(body -> Arguments.of(Named.of(gateway.name(), gateway), body)));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("senseless")
    @Proves(Proof.NOISE)
    void authentic_but_invalid_content_is_stored_and_refused(GatewayUnderTest gateway, SenselessBody senseless) {
        var account = gateway.account();
        var delivery = gateway.authentic(senseless.body(), SIGNED_AT);
        assertThat(judge(account, delivery, SIGNED_AT)).isInstanceOf(Genuine.class);
        var items = account.identify(delivery);
        assertThat(items).isNotEmpty();
        assertThat(account.translate(delivery, items.get(0)))
                .isInstanceOfSatisfying(
                        Translation.Refused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(senseless.reason()));
        var times = Stream.generate(() -> Measured.cpuTime(() -> account.translate(delivery, items.get(0))));
        assertThat(times.limit(10))
                .as("after warm-up")
                .anySatisfy(time -> assertThat(time).isLessThan(Duration.ofMillis(50)));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("samples")
    @Proves(Proof.NOISE)
    void a_damaged_body_never_throws_and_always_has_keys(GatewayUnderTest gateway, Sample sample) {
        var account = gateway.account();
        var key = Pattern.compile(Pattern.quote(account.id().key("")) + "[!-.0-~]{1,200}");
        var random = new SplittableRandom(sample.name().hashCode());
        for (var i = 0; i < 300; i++) {
            var damaged = Tampering.body(sample.delivery(), body -> Tampering.damaged(body, random));
            var items = account.identify(damaged);
            assertThat(items).isNotEmpty().allSatisfy(item -> {
                assertThat(item.paymentKey()).matches(key);
                assertThat(item.eventKey()).matches(key);
                assertThat(item.type()).matches("[!-~]{0,200}");
            });
            assertThat(account.translate(damaged, items.get(0)))
                    .isNotNull()
                    .isEqualTo(account.translate(damaged, items.get(0)));
        }
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("samples")
    void money_of_the_other_mode_is_refused_if_samples_contain_the_mode(GatewayUnderTest gateway, Sample sample) {
        gateway.liveAccount().filter(live -> !sample.expected().isEmpty()).ifPresent(live -> {
            for (var item : live.identify(sample.delivery())) {
                if (sample.expected().get(item.index()).facts().isEmpty()) {
                    continue;
                }
                assertThat(live.translate(sample.delivery(), item))
                        .isInstanceOfSatisfying(
                                Translation.Refused.class,
                                refused -> assertThat(refused.reason()).isEqualTo(WRONG_MODE));
            }
        });
    }
}
