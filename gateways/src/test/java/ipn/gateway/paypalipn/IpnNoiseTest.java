package ipn.gateway.paypalipn;

import static org.assertj.core.api.Assertions.assertThat;

import ipn.gateway.GatewayAccount;
import ipn.gateway.Item;
import ipn.gateway.Translation.Understood;
import ipn.gateway.content.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class IpnNoiseTest {
    private static final GatewayAccount ACCOUNT = Ipns.testAccount();

    static LongStream seeds() {
        return LongStream.range(0, 50);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void noise_is_answered_and_never_thrown_at(long seed) {
        var random = new SplittableRandom(seed);
        for (var i = 0; i < 100; i++) {
            var noise = new byte[random.nextInt(200)];
            random.nextBytes(noise);
            answers(noise);
        }
    }

    /** Swaps values between names, so that every reader meets words that were meant for another. */
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void a_message_with_its_values_exchanged_is_answered_and_never_thrown_at(long seed) {
        var random = new SplittableRandom(seed);
        for (var name : Ipns.FIXTURES) {
            var pairs = Ipns.fixture(name).body().utf8().split("&");
            for (var i = 0; i < 20; i++) {
                var a = random.nextInt(pairs.length);
                var b = random.nextInt(pairs.length);
                var keyA = pairs[a].split("=", 2)[0];
                pairs[a] = keyA + "=" + pairs[b].split("=", 2)[1];
                answers(String.join("&", pairs).getBytes(StandardCharsets.US_ASCII));
            }
        }
    }

    static void answers(byte[] body) {
        var delivery = Ipns.delivery(Bytes.wrap(body));
        assertThat(ACCOUNT.identify(delivery)).hasSize(1).allSatisfy(IpnNoiseTest::isFitForKafka);
        var item = Ipns.item(ACCOUNT, delivery);
        var translation = ACCOUNT.translate(delivery, item);
        assertThat(translation).isNotNull().isEqualTo(ACCOUNT.translate(delivery, item));
        if (translation instanceof Understood understood) {
            assertThat(understood.notification().facts()).isNotEmpty();
            assertThat(item.eventKey()).doesNotContain("unidentified");
        }
    }

    private static void isFitForKafka(Item item) {
        assertThat(item.paymentKey()).matches("paypal-ipn/main/[!-.0-~]{1,200}");
        assertThat(item.eventKey()).matches("paypal-ipn/main/[!-.0-~]{1,200}");
        assertThat(item.type()).matches("[A-Za-z0-9_./-]{0,161}");
    }
}
