package ipn.gateway.apple;

import static org.assertj.core.api.Assertions.assertThat;

import ipn.conformance.GatewayUnderTest;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class VerifiedChainsTest {
    private static final Instant NOW = GatewayUnderTest.SIGNED_AT;
    private static final Signer SIGNER = new Signer(
            TestChain.read("test-leaf").getPublicKey(),
            NOW.minus(Duration.ofDays(1)),
            NOW.plus(Duration.ofDays(1)),
            "certificate of a test");

    private final VerifiedChains chains = new VerifiedChains();
    private int followed;

    @Test
    void a_chain_is_followed_once_in_fifteen_minutes() {
        ask(NOW, NOW);
        ask(NOW, NOW.plus(VerifiedChains.KEPT).minusMillis(1));
        assertThat(followed).isEqualTo(1);

        ask(NOW, NOW.plus(VerifiedChains.KEPT));
        assertThat(followed).isEqualTo(2);
    }

    @Test
    void what_is_remembered_counts_only_within_the_validity_of_its_certificates() {
        ask(NOW, NOW);
        ask(NOW.plus(Duration.ofDays(2)), NOW);
        ask(NOW.minus(Duration.ofDays(2)), NOW);

        assertThat(followed).isEqualTo(3);
    }

    @Test
    void a_chain_that_was_not_believed_is_not_remembered() {
        for (var i = 0; i < 3; i++) {
            assertThat(chains.get("chain", NOW, NOW, Optional::empty)).isEmpty();
        }
        assertThat(chains.size()).isZero();
    }

    @Test
    void only_so_many_are_remembered() {
        for (var i = 0; i < 10 * VerifiedChains.CHAINS_MAX; i++) {
            var unused = chains.get("chain " + i, NOW, NOW, () -> Optional.of(SIGNER));
        }
        assertThat(chains.size()).isEqualTo(VerifiedChains.CHAINS_MAX);
    }

    private void ask(Instant at, Instant now) {
        var signer = chains.get("chain", at, now, () -> {
            followed++;
            return Optional.of(SIGNER);
        });
        assertThat(signer).contains(SIGNER);
    }
}
