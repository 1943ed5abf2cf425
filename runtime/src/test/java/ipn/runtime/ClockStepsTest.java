package ipn.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ClockStepsTest {
    private static final long HOUR = Duration.ofHours(1).toMillis();

    private final ClockSteps steps = new ClockSteps(1_000_000_000, 0);

    @Test
    void a_clock_that_runs_was_not_set() {
        assertThat(setBack(1_000_001_000, 1)).isZero();
        assertThat(setBack(1_000_060_000, 60)).isZero();
    }

    @Test
    void a_step_back_is_noticed_once() {
        assertThat(setBack(1_000_001_000 - HOUR, 1)).isEqualTo(Duration.ofHours(1));
        assertThat(setBack(1_000_002_000 - HOUR, 2)).isZero();
    }

    @Test
    void a_step_ahead_delays_nothing_but_the_way_back_does() {
        assertThat(setBack(1_000_001_000 + HOUR, 1)).isZero();
        assertThat(setBack(1_000_002_000, 2)).isEqualTo(Duration.ofHours(1));
    }

    @Test
    void a_small_step_is_over_soon() {
        assertThat(setBack(999_998_000, 1)).isZero();
        assertThat(setBack(999_994_000, 2)).isEqualTo(Duration.ofSeconds(5));
    }

    private Duration setBack(long wallMillis, long monotonicSeconds) {
        return steps.setBack(wallMillis, Duration.ofSeconds(monotonicSeconds).toNanos());
    }
}
