package ipn.conformance.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import ipn.conformance.GatewayUnderTest;
import ipn.evidence.Evidence;
import ipn.evidence.Proof;
import ipn.gateway.Gateway;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProvingKitTest {
    static Stream<Gateway> gateways() {
        return Gateways.all();
    }

    @ParameterizedTest
    @MethodSource("gateways")
    void a_test_belongs_to_the_gateway_in_whose_package_it_lies(Gateway gateway) {
        assertThat(Proving.gatewayOf(gateway.getClass())).contains(gateway.name());
    }

    @Test
    void a_test_of_what_gateways_share_belongs_to_none() {
        assertThat(Proving.gatewayOf(Gateway.class)).isEmpty();
        assertThat(Proving.gatewayOf(GatewayUnderTest.class)).isEmpty();
    }

    @Test
    void a_method_wins_over_its_class() throws Exception {
        assertThat(Proving.proofOf(Both.class.getDeclaredMethod("ofItsOwn"))).contains(Proof.SKEW);
        assertThat(Proving.proofOf(Both.class.getDeclaredMethod("ofItsClass"))).contains(Proof.NOISE);
        assertThat(Proving.proofOf(Object.class.getDeclaredMethod("toString"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"com.stripe:stripe-java", "com.standardwebhooks:standardwebhooks", "com.svix:svix"})
    void a_library_says_its_version(String library) {
        assertThat(OracleVersion.of(library)).matches("[0-9]+(\\.[0-9]+)+.*");
    }

    @Test
    void a_library_that_is_not_there_has_no_version() {
        assertThat(OracleVersion.of("com.example:nothing")).isEqualTo(Evidence.UNKNOWN_VERSION);
    }

    @Proves(Proof.NOISE)
    private static final class Both {
        @Proves(Proof.SKEW)
        void ofItsOwn() {}

        void ofItsClass() {}
    }
}
