package ipn.gateway.apple;

import static org.assertj.core.api.Assertions.assertThat;

import ipn.gateway.signature.CompactJws;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is remembered of a chain that was believed. */
class AppleChainTest {
    private static final Instant LEAF_BEGINS = Instant.parse("2026-08-30T00:00:00Z");
    private static final Instant LEAF_ENDS = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void a_signer_is_known_by_its_certificate() {
        assertThat(signer(
                        "test-root",
                        LEAF_ENDS,
                        LEAF_ENDS,
                        new TestChain("test-leaf", "test-intermediate", "test-root")))
                .map(Signer::id)
                .contains("certificate e174aa4c7bf7add2");
    }

    @Test
    void a_signer_whose_certificate_is_younger_than_the_one_above_counts_from_its_own_beginning() {
        var later = new TestChain("test-later-leaf", "test-later-intermediate", "test-later-root");
        assertThat(signer("test-later-root", LEAF_BEGINS, LEAF_BEGINS, later))
                .map(Signer::from)
                .contains(LEAF_BEGINS);
        assertThat(signer("test-later-root", LEAF_BEGINS, LEAF_BEGINS.minusMillis(1), later))
                .isEmpty();
    }

    @Test
    void a_signer_whose_certificate_ends_before_the_one_above_counts_until_its_own_end() {
        var expired = new TestChain("test-leaf-expired", "test-intermediate", "test-root");
        assertThat(signer("test-root", LEAF_ENDS, LEAF_ENDS, expired))
                .map(Signer::until)
                .contains(LEAF_ENDS);
        assertThat(signer("test-root", LEAF_ENDS, LEAF_ENDS.plusMillis(1), expired))
                .isEmpty();
    }

    /** Asked for a moment at which all of the chain counts, and then, while that is remembered, for this one. */
    private static Optional<Signer> signer(String root, Instant counting, Instant at, TestChain chain) {
        var token = CompactJws.parse(chain.token("{}")).orElseThrow();
        var apple = new AppleChain(List.of(TestChain.read(root)));
        assertThat(apple.signer(token, counting, counting)).isPresent();
        return apple.signer(token, at, counting);
    }
}
