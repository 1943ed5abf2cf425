package ipn.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import ipn.evidence.Evidence;
import ipn.evidence.Proof;
import ipn.gateway.Gateway;
import java.util.List;
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
        assertThat(Proving.gatewayOf(GatewayContractTest.class)).isEmpty();
    }

    @Test
    void a_method_wins_over_its_class() throws Exception {
        assertThat(Proving.proofOf(Both.class.getDeclaredMethod("ofItsOwn"))).contains(Proof.SKEW);
        assertThat(Proving.proofOf(Both.class.getDeclaredMethod("ofItsClass"))).contains(Proof.NOISE);
        assertThat(Proving.proofOf(Object.class.getDeclaredMethod("toString"))).isEmpty();
    }

    @Test
    void every_kind_that_the_contract_proves_is_expected_of_every_gateway() {
        var contract = List.of(
                "GatewayContractTest#a_vector_is_genuine_and_has_keys",
                "GatewayContractTest#a_sample_means_what_the_gateway_says",
                "ForgeryContractTest#every_byte_of_the_body_counts",
                "SignedTimeContractTest#an_old_secret_counts_until_its_end",
                "SignedTimeContractTest#the_signed_time_may_be_as_far_off_as_it_says_and_not_one_second_more",
                "SenselessContractTest#a_damaged_body_never_throws_and_always_has_keys",
                "OrderContractTest#a_payment_ends_in_one_state_whatever_the_order_and_the_repetitions");
        assertThat(GatewayContract.gateways())
                .isNotEmpty()
                .allSatisfy(gateway -> assertThat(Proving.expectedOf(gateway))
                        .containsAll(contract.stream()
                                .map(name -> "ipn.conformance." + name)
                                .toList()));
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
