package ipn.bench.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import ipn.bench.generator.Outcomes;
import ipn.bench.generator.Outcomes.Statuses;
import org.junit.jupiter.api.Test;

class OverloadPhasesTest {
    private static final long SECOND = 1_000_000_000;
    private static final long MILLI = 1_000_000;

    @Test
    void figures_are_of_the_phases_that_they_name() {
        // quiet from 0 s, sustained from 10 s, overload from 20 s, quiet again from 30 s to 50 s
        var phases = Overload.phases(2, 3, 10);
        var outcomes = new Outcomes(new long[6]);
        outcomes.record(0, 200, 5 * SECOND, 5 * SECOND + 3 * MILLI);
        outcomes.record(1, 200, 12 * SECOND, 12 * SECOND + MILLI);
        outcomes.record(2, 200, 13 * SECOND, 13 * SECOND + MILLI);
        outcomes.record(3, 200, 21 * SECOND, 22 * SECOND);
        outcomes.record(4, 503, 22 * SECOND, 22 * SECOND + 40 * MILLI);
        outcomes.record(5, 200, 30 * SECOND + MILLI, 31 * SECOND);
        var overload = new Overload(phases, outcomes);

        assertThat(overload.begin(3)).isEqualTo(30);
        assertThat(overload.sustained()).isEqualTo(0.2);
        assertThat(overload.goodput()).isEqualTo(0.1);
        assertThat(overload.refusals()).isEqualTo(0.1);
        assertThat(overload.overloadMillis(Statuses.REFUSED, 99)).isBetween(39.9, 40.1);
        assertThat(overload.overloadMillis(Statuses.ACKNOWLEDGED, 99)).isBetween(999.0, 1001.0);
        assertThat(overload.recoverySeconds()).isEqualTo(1);
    }
}
