package ipn.bench.generator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ipn.bench.generator.LoadPlan.Phase;
import java.util.List;
import org.junit.jupiter.api.Test;

class PaceTest {
    private final Pace pace = new Pace(List.of(new Phase(10, 1), new Phase(100, 0.5)));

    @Test
    void calls_of_a_phase_are_evenly_spread() {
        assertThat(pace.dueNanos(0)).isZero();
        assertThat(pace.dueNanos(9)).isEqualTo(900_000_000);
    }

    @Test
    void a_phase_begins_when_the_one_before_ends() {
        assertThat(pace.dueNanos(10)).isEqualTo(1_000_000_000);
        assertThat(pace.dueNanos(11)).isEqualTo(1_010_000_000);
        assertThat(pace.calls()).isEqualTo(60);
        assertThat(pace.seconds()).isEqualTo(1.5);
    }

    @Test
    void no_call_is_due_after_the_last_phase() {
        assertThatThrownBy(() -> pace.dueNanos(60)).isInstanceOf(IndexOutOfBoundsException.class);
    }
}
