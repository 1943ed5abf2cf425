package ipn.conformance.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import ipn.conformance.evidence.EvidenceCollector.Case;
import ipn.evidence.Evidence.Tally;
import ipn.evidence.Proof;
import java.util.List;
import org.junit.jupiter.api.Test;

class EvidenceCollectorKitTest {
    private final EvidenceCollector collector = new EvidenceCollector();

    @Test
    void cases_are_counted_by_gateway_and_kind() {
        collector.ended("1", proven("stripe", true));
        collector.ended("2", proven("stripe", true));
        collector.ended("3", proven("stripe", false));
        collector.ended("4", proven("adyen", true));
        assertThat(collector.of("stripe", any -> "1").tally(Proof.SKEW)).isEqualTo(new Tally(2, 1));
        assertThat(collector.of("stripe", any -> "1").holds()).isFalse();
        assertThat(collector.of("adyen", any -> "1").holds()).isTrue();
    }

    @Test
    void a_case_that_is_run_again_counts_once_as_it_ended_last() {
        collector.ended("1", proven("stripe", false));
        collector.ended("1", proven("stripe", true));
        assertThat(collector.of("stripe", any -> "1").tally(Proof.SKEW)).isEqualTo(new Tally(1, 0));
    }

    @Test
    void nothing_proves_nothing() {
        assertThat(collector.of("stripe", any -> "1").holds()).isFalse();
    }

    @Test
    void libraries_are_named_with_the_version_that_is_there() {
        collector.ended("1", new Case("stripe", Proof.SDK, List.of("com.stripe:stripe-java", "a:b"), true));
        assertThat(collector.of("stripe", library -> "of " + library).oracles())
                .containsEntry("com.stripe:stripe-java", "of com.stripe:stripe-java")
                .containsEntry("a:b", "of a:b");
    }

    private static Case proven(String gateway, boolean passed) {
        return new Case(gateway, Proof.SKEW, List.of(), passed);
    }
}
