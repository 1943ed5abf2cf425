package ipn.bench.restart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class DelayedProbesTest {
    private static final long SECOND = 1_000_000_000L;

    @Test
    void the_last_entitlement_that_was_delayed_ends_the_wait() {
        var acknowledged = Map.of("a", 10 * SECOND, "b", 11 * SECOND, "c", 30 * SECOND);
        var readable = Map.of("a", 18 * SECOND, "b", 17 * SECOND, "c", 30 * SECOND + 5_000_000);
        assertThat(DelayedProbes.seconds(acknowledged, readable, 10 * SECOND)).isEqualTo(8.0);
    }

    @Test
    void nothing_waited_if_all_were_readable_within_a_second() {
        assertThat(DelayedProbes.seconds(Map.of("a", 10 * SECOND), Map.of("a", 11 * SECOND), 9 * SECOND))
                .isZero();
    }

    @Test
    void a_purchase_without_an_entitlement_does_not_count() {
        assertThat(DelayedProbes.seconds(Map.of("a", SECOND), Map.of(), 0)).isZero();
    }
}
