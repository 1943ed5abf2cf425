package ipn.operations.deadletter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class RedriveLimitsTest {
    private static final long SECOND = 1_000_000_000;

    @Test
    void waits_until_as_many_are_due_as_were_replayed() {
        var limits = new RedriveLimits(1_000, 50, 5);
        assertThat(limits.pauseNanos(100, SECOND / 2)).isEqualTo(SECOND * 3 / 2);
        assertThat(limits.pauseNanos(100, 3 * SECOND)).isZero();
        assertThat(RedriveLimits.NONE.pauseNanos(1_000_000, 1)).isZero();
    }

    @Test
    void a_slow_redrive_writes_a_few_at_a_time() {
        assertThat(new RedriveLimits(1_000, 7, 5).batchMax(100)).isEqualTo(7);
        assertThat(RedriveLimits.NONE.batchMax(100)).isEqualTo(100);
    }

    @Test
    void nothing_at_all_is_no_limit() {
        assertThatThrownBy(() -> new RedriveLimits(0, 1, 1)).hasMessageContaining("expected: 1 or more");
    }
}
