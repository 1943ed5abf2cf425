package ipn.gateway.square;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.squareup.square.utilities.WebhooksHelper;
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

/** Square's own library as a witness. It only verifies, so what it accepts is what we sign or what Square's samples bear. */
@Tag("sdk")
@Proves(Proof.SDK)
@Oracle("com.squareup:square")
class SquareSdkOracleTest {
    private static final List<String> BODIES = List.of("{}", "{\"note\":\"Zo\u00eb\"}", "\r\n", "x".repeat(100_000));

    static List<Sample> samples() {
        return new SquareUnderTest().samples();
    }

    @Test
    void it_accepts_what_we_sign() throws Exception {
        for (var body : BODIES) {
            var signature = SquareSignature.sign(SquareUnderTest.URL, body.getBytes(UTF_8), SquareUnderTest.KEY);
            assertThat(WebhooksHelper.verifySignature(body, signature, SquareUnderTest.KEY, SquareUnderTest.URL))
                    .isTrue();
            assertThat(judge(delivery(body, signature))).isInstanceOf(Genuine.class);
        }
    }

    @Test
    void neither_takes_another_address_for_ours() throws Exception {
        for (var url : List.of(SquareUnderTest.URL + "/", SquareUnderTest.URL.replace("https", "http"), "")) {
            var signature = SquareSignature.sign(url, BODIES.get(0).getBytes(UTF_8), SquareUnderTest.KEY);
            assertThat(WebhooksHelper.verifySignature(
                            BODIES.get(0), signature, SquareUnderTest.KEY, SquareUnderTest.URL))
                    .isFalse();
            assertThat(judge(delivery(BODIES.get(0), signature))).isInstanceOf(Rejected.class);
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
        var signature = delivery.header("x-square-hmacsha256-signature").orElseThrow();
        return WebhooksHelper.verifySignature(
                delivery.body().utf8(), signature, SquareUnderTest.KEY, SquareUnderTest.URL);
    }

    private static Delivery delivery(String body, String signature) {
        return new Delivery(
                Map.of("x-square-hmacsha256-signature", List.of(signature)),
                Bytes.utf8(body),
                GatewayUnderTest.RECEIVED_AT);
    }

    private static Verdict judge(Delivery delivery) {
        return new SquareUnderTest()
                .account()
                .authenticate(delivery, GatewayUnderTest.SIGNED_AT)
                .toCompletableFuture()
                .join();
    }
}
