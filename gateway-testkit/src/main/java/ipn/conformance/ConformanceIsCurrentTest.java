package ipn.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import ipn.evidence.Evidence;
import ipn.evidence.EvidenceJson;
import ipn.evidence.Proof;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The report a gateway's jar brings is what the run of tests before this one has shown; {@code -Dconformance.write=true}
 * renews it. Where that run left tests out there is nothing to compare, which {@code -Dconformance.required=true} does not
 * accept.
 */
class ConformanceIsCurrentTest {
    /** What is kept, and what this build's jar is made of. */
    private static final List<Path> RESOURCES = List.of(Path.of("src/main/resources"), Path.of("target/classes"));

    /** What no gateway goes without, however it proves that a notification is its own. */
    private static final Proof[] OF_EVERY_GATEWAY = {Proof.SAMPLES, Proof.TAMPERING, Proof.NOISE, Proof.PERMUTATIONS};

    static Stream<String> gateways() {
        return GatewayContract.gateways().stream().map(GatewayUnderTest::name);
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("gateways")
    void what_is_said_of_a_gateway_is_what_was_shown(String gateway) {
        var fresh = FreshReports.of(gateway);
        if (Boolean.getBoolean("conformance.required")) {
            assertThat(fresh).as("tests left out: %s", FreshReports.missing()).isPresent();
        }
        assumeThat(fresh).as("a run of all tests of this gateway").isPresent();
        var shown = fresh.orElseThrow();
        assertThat(shown.holds()).as("every test passed").isTrue();
        assertThat(shown.proofs()).containsKeys(OF_EVERY_GATEWAY);
        assertThat(shown.oracles()).doesNotContainValue(Evidence.UNKNOWN_VERSION);
        var found = Gateways.find(gateway).orElseThrow();
        if (Boolean.getBoolean("conformance.write")) {
            var file = Path.of(found.getClass().getPackageName().replace('.', '/'), Evidence.resource(found));
            RESOURCES.forEach(folder -> FreshReports.write(folder.resolve(file), EvidenceJson.write(shown)));
            return;
        }
        // With a part of the tests someone is at work on something.
        assumeThat(System.getProperty("gateway", "") + System.getProperty("test", ""))
                .as("all tests of all gateways")
                .isEmpty();
        assertThat(Evidence.of(found).map(EvidenceJson::write))
                .as("%s: run all its tests with -Dconformance.write=true and keep the file", Evidence.resource(found))
                .contains(EvidenceJson.write(shown));
    }
}
