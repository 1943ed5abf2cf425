package ipn.gateway.signature;

import static org.assertj.core.api.Assertions.assertThat;

import ipn.gateway.Delivery;
import ipn.gateway.Verdict.Reason;
import ipn.gateway.content.Bytes;
import ipn.gateway.signature.SignatureInput.Absent;
import ipn.gateway.signature.SignatureInput.Present;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a header of several parts claims. Whether a claim is right is judged elsewhere. */
class TimedSignatureTest {
    private static final Instant NOW = Instant.ofEpochSecond(1_788_264_000);
    private static final Bytes BODY = Bytes.utf8("{}");
    private static final TimedSignature FORM = new TimedSignature("x-sign", ",", "t", "v1", ".");

    @Test
    void a_claim_has_the_time_what_is_signed_and_every_signature_of_its_name() {
        assertThat(claim("v1=00,t=1788264000,v0=01,v1=02,v1=x,=03,v1")).isInstanceOfSatisfying(Present.class, claim -> {
            assertThat(claim.signedAt()).contains(NOW);
            assertThat(claim.parts()).containsExactly(Bytes.utf8("1788264000."), BODY);
            assertThat(claim.candidates())
                    .extracting(candidate -> candidate.signature().array()[0])
                    .containsExactly((byte) 0, (byte) 2);
        });
    }

    @Test
    void the_body_is_signed_byte_for_byte_also_where_it_is_no_text() {
        var body = Bytes.wrap(new byte[] {(byte) 0xff, 0, 13, 10});
        assertThat(claim(body, FORM.sign(body.array(), "secret", NOW)))
                .isInstanceOfSatisfying(
                        Present.class,
                        claim -> assertThat(claim.parts()).containsExactly(Bytes.utf8("1788264000."), body));
    }

    @Test
    void no_header_a_blank_one_or_two_claim_nothing() {
        var right = FORM.sign(BODY.array(), "secret", NOW);
        assertThat(claim()).isEqualTo(new Absent(Reason.SIGNATURE_MISSING));
        assertThat(claim(" ")).isEqualTo(new Absent(Reason.SIGNATURE_MISSING));
        assertThat(claim(right, right)).isEqualTo(new Absent(Reason.SIGNATURE_AMBIGUOUS));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"x", "v1=00", "t=1788264000", "t=1788264000,t=1788264000,v1=00", "t=,v1=00", "t=1788264000,v1="})
    void a_claim_without_one_time_and_a_signature_is_malformed(String header) {
        assertThat(claim(header)).isEqualTo(new Absent(Reason.SIGNATURE_MALFORMED));
    }

    private static SignatureInput claim(String... headers) {
        return claim(BODY, headers);
    }

    private static SignatureInput claim(Bytes body, String... headers) {
        return FORM.signatureInput(new Delivery(Map.of("x-sign", List.of(headers)), body, NOW));
    }
}
