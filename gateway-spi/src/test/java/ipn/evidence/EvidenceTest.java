package ipn.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ipn.evidence.Evidence.Tally;
import ipn.gateway.AccountSettings;
import ipn.gateway.Gateway;
import ipn.gateway.GatewayAccount;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EvidenceTest {
    private static final Evidence EVIDENCE = new Evidence(
            "acme",
            Map.of(Proof.SAMPLES, new Tally(4, 0), Proof.VECTORS, new Tally(3, 1)),
            Map.of("com.acme:sdk", "1.2", "com.acme:another", "2"));

    @Test
    void what_is_written_is_read_alike_and_always_written_alike() {
        var written = EvidenceJson.write(EVIDENCE);
        assertThat(EvidenceJson.read(written)).isEqualTo(EVIDENCE);
        assertThat(EvidenceJson.write(EvidenceJson.read(written))).isEqualTo(written);
        assertThat(written).contains("\"vectors\"").doesNotContain("\r");
        assertThat(written.indexOf("vectors")).isLessThan(written.indexOf("samples"));
    }

    @Test
    void one_failure_is_enough_not_to_hold() {
        assertThat(EVIDENCE.holds()).isFalse();
        assertThat(new Evidence("acme", Map.of(Proof.SAMPLES, new Tally(4, 0)), Map.of()).holds())
                .isTrue();
        assertThat(EVIDENCE.tally(Proof.SKEW)).isEqualTo(Tally.NONE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "{}",
                "{\"gateway\":1}",
                "{\"gateway\":\"a\",\"proofs\":{\"samples\":{}}}",
                "{\"gateway\":\"a\",\"proofs\":{\"samples\":{\"passed\":-1,\"failed\":0}}}",
                "{\"gateway\":\"a\",\"proofs\":{\"samples\":{\"passed\":1.5,\"failed\":0}}}",
                "{\"gateway\":\"a\",\"oracles\":{\"b\":2}}"
            })
    void what_is_no_report_is_said_so(String json) {
        assertThatThrownBy(() -> EvidenceJson.read(json)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_gateway_that_brings_no_report_has_none() {
        assertThat(Evidence.find(new Unproven())).isEmpty();
    }

    private static final class Unproven implements Gateway {
        @Override
        public String name() {
            return "unproven";
        }

        @Override
        public GatewayAccount open(AccountSettings settings) {
            throw new UnsupportedOperationException("only listed");
        }
    }
}
