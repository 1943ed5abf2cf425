package ipn.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ipn.conformance.GatewayUnderTest.Signing;
import ipn.gateway.Delivery;
import ipn.gateway.GatewayAccount;
import ipn.gateway.Reverification;
import ipn.gateway.Reverification.Failed;
import ipn.gateway.Reverification.NotVerifiable;
import ipn.gateway.Reverification.Verified;
import ipn.gateway.StoredDelivery;
import ipn.topics.Headers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A delivery that is read back from {@code ipn.raw} is verified by what was stored with it. */
class ReverificationContractTest extends GatewayContract {
    /** Signatures: during a rotation, several in one header. */
    private static final Pattern LONG_TEXT = Pattern.compile("[A-Za-z0-9+/_-]{20,}");

    static Stream<Arguments> verifiable() {
        return sent().filter(arguments ->
                gateway(arguments).notVerifiable((Sample) arguments.get()[1]).isEmpty());
    }

    /** Of gateways that share a secret with each merchant. */
    static Stream<Arguments> signed() {
        return verifiable().filter(arguments -> gateway(arguments) instanceof Signing);
    }

    private static GatewayUnderTest gateway(Arguments arguments) {
        return (GatewayUnderTest) ((Named<?>) arguments.get()[0]).getPayload();
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("sent")
    void a_sample_is_verified_again_from_its_record_or_declared_not_verifiable(
            GatewayUnderTest gateway, Sample sample) {
        var expected = gateway.notVerifiable(sample).<Reverification>map(NotVerifiable::new);
        assertThat(gateway.account().reverify(stored(gateway, sample))).isEqualTo(expected.orElseGet(Verified::new));
    }

    @ParameterizedTest(name = "{0}: {1}", allowZeroInvocations = true)
    @MethodSource("verifiable")
    void a_changed_byte_of_the_body_fails(GatewayUnderTest gateway, Sample sample) {
        var stored = stored(gateway, sample);
        var signed = gateway.signed(sample).stream().toArray();
        for (var at : List.of(signed[0], signed[signed.length / 2], signed[signed.length - 1])) {
            var changed = Tampering.body(stored, body -> {
                body[at] ^= 1;
                return body;
            });
            assertThat(gateway.account().reverify(changed)).as("byte %s", at).isInstanceOf(Failed.class);
        }
    }

    @ParameterizedTest(name = "{0}: {1}", allowZeroInvocations = true)
    @MethodSource("verifiable")
    void a_missing_or_changed_proof_fails(GatewayUnderTest gateway, Sample sample) {
        var stored = stored(gateway, sample);
        // a gateway with several schemes lists the headers of all of them
        for (var proof : gateway.proofHeaders()) {
            for (var value : stored.header(proof).stream().toList()) {
                var other = LONG_TEXT.matcher(value).find()
                        ? LONG_TEXT.matcher(value).replaceAll(text -> changed(text.group()))
                        : changed(value);
                for (var values : List.of(List.<String>of(), List.of(other))) {
                    assertThat(gateway.account().reverify(Tampering.header(stored, proof, values)))
                            .as("%s: %s", proof, values)
                            .isInstanceOf(Failed.class);
                }
            }
        }
    }

    @ParameterizedTest(name = "{0}: {1}", allowZeroInvocations = true)
    @MethodSource("signed")
    void a_record_that_another_secret_signed_fails(GatewayUnderTest gateway, Sample sample) {
        assertThat(gateway.otherMerchantsAccount().reverify(stored(gateway, sample)))
                .isInstanceOf(Failed.class);
    }

    private static String changed(String text) {
        return (text.charAt(0) == '1' ? '2' : '1') + text.substring(1);
    }

    /** As the ingress stores it and the processor reads it. */
    private static Delivery stored(GatewayUnderTest gateway, Sample sample) {
        return stored(gateway.account(), sample.delivery(), gateway.signedAt(sample));
    }

    private static Delivery stored(GatewayAccount account, Delivery delivery, Instant receivedAt) {
        var headers = new ArrayList<Map.Entry<String, byte[]>>();
        delivery.header(Headers.CONTENT_TYPE)
                .ifPresent(type -> headers.add(Map.entry(Headers.CONTENT_TYPE, type.getBytes(UTF_8))));
        headers.add(Map.entry(Headers.RECEIVED_AT, receivedAt.toString().getBytes(UTF_8)));
        account.keptHeaders()
                .forEach(name -> delivery.headers(name)
                        .forEach(value -> headers.add(Map.entry(Headers.HTTP_PREFIX + name, value.getBytes(UTF_8)))));
        return new StoredDelivery(List.copyOf(headers)).delivery(delivery.body(), Instant.EPOCH);
    }
}
