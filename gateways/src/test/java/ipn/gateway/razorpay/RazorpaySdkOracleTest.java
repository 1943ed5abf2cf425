package ipn.gateway.razorpay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.razorpay.Utils;
import ipn.conformance.GatewayUnderTest;
import ipn.conformance.Sample;
import ipn.conformance.Tampering;
import ipn.conformance.evidence.Oracle;
import ipn.conformance.evidence.Proves;
import ipn.evidence.Proof;
import ipn.gateway.Delivery;
import ipn.gateway.Verdict;
import ipn.gateway.Verdict.Genuine;
import ipn.gateway.Verdict.Rejected;
import ipn.gateway.content.Bytes;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Razorpay's own library as a witness both ways. Only ASCII: it takes the bytes of a text in the machine's charset. */
@Tag("sdk")
@Proves(Proof.SDK)
@Oracle("com.razorpay:razorpay-java")
class RazorpaySdkOracleTest {
    private static final List<String> BODIES =
            List.of("{}", "", "{\"event\":\"payment.captured\"}", "\r\n", "x".repeat(100_000));

    static List<Sample> samples() {
        return new RazorpayUnderTest().samples();
    }

    @Test
    void it_accepts_what_we_sign() throws Exception {
        for (var body : BODIES) {
            var signature = RazorpaySignature.sign(body.getBytes(UTF_8), RazorpayUnderTest.SECRET);
            assertThat(Utils.verifyWebhookSignature(body, signature, RazorpayUnderTest.SECRET))
                    .isTrue();
        }
    }

    @Test
    void we_accept_what_it_signs() throws Exception {
        for (var body : BODIES) {
            assertThat(judge(delivery(body, Utils.getHash(body, RazorpayUnderTest.SECRET))))
                    .isInstanceOf(Genuine.class);
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void both_accept_a_sample_and_refuse_it_altered(Sample sample) throws Exception {
        var altered = Tampering.body(sample.delivery(), body -> {
            body[body.length / 2] ^= 1;
            return body;
        });
        assertThat(theirs(sample.delivery())).isTrue();
        assertThat(judge(sample.delivery())).isInstanceOf(Genuine.class);
        assertThat(theirs(altered)).isFalse();
        assertThat(judge(altered)).isInstanceOf(Rejected.class);
    }

    private static boolean theirs(Delivery delivery) throws Exception {
        var signature = delivery.header("x-razorpay-signature").orElseThrow();
        return Utils.verifyWebhookSignature(delivery.body().utf8(), signature, RazorpayUnderTest.SECRET);
    }

    private static Delivery delivery(String body, String signature) {
        return new Delivery(
                Map.of("x-razorpay-signature", List.of(signature)), Bytes.utf8(body), GatewayUnderTest.RECEIVED_AT);
    }

    private static Verdict judge(Delivery delivery) {
        return new RazorpayUnderTest()
                .account()
                .authenticate(delivery, GatewayUnderTest.SIGNED_AT)
                .toCompletableFuture()
                .join();
    }
}
