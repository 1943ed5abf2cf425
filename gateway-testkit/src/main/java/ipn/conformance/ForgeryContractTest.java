package ipn.conformance;

import static ipn.topics.Reason.WRONG_RECEIVER;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import ipn.conformance.GatewayUnderTest.InHeader;
import ipn.conformance.GatewayUnderTest.Signing;
import ipn.conformance.evidence.Proves;
import ipn.evidence.Proof;
import ipn.gateway.Translation;
import ipn.gateway.Verdict.Dismissed;
import ipn.gateway.Verdict.Reason;
import ipn.gateway.Verdict.Rejected;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Deliveries that are not authentic are rejected. */
@Proves(Proof.TAMPERING)
class ForgeryContractTest extends GatewayContract {
    static List<Named<GatewayUnderTest>> proving() {
        return named().stream()
                .filter(gateway -> !gateway.getPayload().proofHeaders().isEmpty())
                .toList();
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("sent")
    void a_change_of_any_signed_byte_is_rejected(GatewayUnderTest gateway, Sample sample) {
        var account = gateway.account();
        gateway.signed(sample).stream().forEach(at -> {
            var flipped = Tampering.body(sample.delivery(), body -> {
                body[at] ^= (byte) (1 << (at % 8));
                return body;
            });
            assertThat(judge(account, flipped, gateway.signedAt(sample)))
                    .as("byte %s", at)
                    .isInstanceOf(Rejected.class);
        });
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("sent")
    void a_body_with_added_or_removed_bytes_is_rejected(GatewayUnderTest gateway, Sample sample) {
        var account = gateway.account();
        var delivery = sample.delivery();
        assumeThat(gateway.signed(sample).cardinality())
                .as("signs the whole body")
                .isEqualTo(delivery.body().size());
        assertThat(Stream.of(
                        Tampering.body(delivery, body -> (new String(body, UTF_8) + "\n").getBytes(UTF_8)),
                        Tampering.body(delivery, body -> (" " + new String(body, UTF_8)).getBytes(UTF_8)),
                        Tampering.body(delivery, body -> Arrays.copyOf(body, body.length - 1)),
                        Tampering.body(delivery, body -> new byte[0])))
                .allSatisfy(each -> assertThat(judge(account, each, gateway.signedAt(sample)))
                        .isInstanceOf(Rejected.class));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("sent")
    void a_notification_of_another_merchant_is_rejected_or_refused(GatewayUnderTest gateway, Sample sample) {
        var other = gateway.otherMerchantsAccount();
        var verdict = judge(other, sample.delivery(), gateway.signedAt(sample));
        if (verdict instanceof Rejected || verdict instanceof Dismissed) {
            return;
        }
        assertThat(gateway).as("shares its secret with one merchant").isNotInstanceOf(Signing.class);
        var item = other.identify(sample.delivery()).get(0);
        assertThat(other.translate(sample.delivery(), item))
                .isInstanceOfSatisfying(
                        Translation.Refused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(WRONG_RECEIVER));
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("proving")
    void a_missing_blank_or_repeated_proof_header_is_rejected(GatewayUnderTest gateway) {
        var account = gateway.account();
        var delivery = firstSent(gateway).delivery();
        for (var header : gateway.proofHeaders()) {
            var value = delivery.header(header).orElseThrow();
            assertThat(Stream.of(List.<String>of(), List.of(""), List.of("  ")))
                    .allSatisfy(
                            values -> assertThat(judge(account, Tampering.header(delivery, header, values), SIGNED_AT))
                                    .as("%s: %s values", header, values.size())
                                    .isInstanceOf(Rejected.class));
            if (!gateway.repeatableProofs().contains(header)) {
                assertThat(Stream.of(List.of(value, value), List.of("forged", value)))
                        .allSatisfy(values -> assertThat(
                                        judge(account, Tampering.header(delivery, header, values), SIGNED_AT))
                                .isEqualTo(new Rejected(Reason.SIGNATURE_AMBIGUOUS)));
            }
        }
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("inHeader")
    void a_change_of_any_character_of_the_signature_is_rejected(InHeader gateway) {
        var account = gateway.account();
        var delivery = firstSent(gateway).delivery();
        var value = delivery.header(gateway.signatureHeader()).orElseThrow();
        for (var i = 0; i < value.length(); i++) {
            var prefix = value.substring(0, i);
            var others = List.of(
                    prefix,
                    prefix + (char) (value.charAt(i) ^ 1) + value.substring(i + 1),
                    prefix + (char) (value.charAt(i) ^ 32) + value.substring(i + 1));
            assertThat(others)
                    .allSatisfy(other -> assertThat(judge(
                                    account,
                                    Tampering.header(delivery, gateway.signatureHeader(), List.of(other)),
                                    SIGNED_AT))
                            .as("at %s", prefix.length())
                            .isInstanceOf(Rejected.class));
        }
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("inHeader")
    void a_signature_of_a_megabyte_is_rejected_within_two_seconds(InHeader gateway) {
        var account = gateway.account();
        var delivery = firstSent(gateway).delivery();
        for (var filler : List.of("0", ",", " ", "v1,", "v1=00,", "v1,AAAA ", "t=1,")) {
            var long_ = filler.repeat(1_000_000 / filler.length());
            var began = System.nanoTime();
            assertThat(judge(account, Tampering.header(delivery, gateway.signatureHeader(), List.of(long_)), SIGNED_AT))
                    .isInstanceOf(Rejected.class);
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(2));
        }
    }
}
