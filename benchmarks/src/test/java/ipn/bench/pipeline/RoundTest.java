package ipn.bench.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ipn.bench.measure.LogUsage;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RoundTest {
    @Test
    void the_load_and_the_other_side_are_no_part_of_the_processor_time() {
        var seconds = Map.of("broker", 0.1, "ingress", 0.3, "baseline", 0.7, Side.LOAD, 5.0);

        assertThat(round(Side.CANDIDATE, 2, seconds).processorMillis()).isEqualTo(4.0);
        assertThat(round(Side.BASELINE, 2, seconds).processorMillis()).isCloseTo(8.0, within(1e-9));
    }

    @Test
    void the_twin_and_its_database_are_a_baseline() {
        var seconds = Map.of("broker", 0.1, "ingress", 0.3, Side.TWIN, 0.5, Side.POSTGRES, 0.2);

        assertThat(round(Side.CANDIDATE, 2, seconds).processorMillis()).isCloseTo(4.0, within(1e-9));
        assertThat(round(Side.BASELINE, 2, seconds).processorMillis()).isCloseTo(8.0, within(1e-9));
    }

    @Test
    void what_is_delayed_costs_what_exceeds_an_idle_process() {
        var round = round(Side.CANDIDATE, 2, Map.of("projector", 1.0, "broker", 1.0))
                .withDelayed(new TreeMap<>(Map.of("projector", 0.1, "broker", 0.1)));

        // 3 s in 10 s in which an idle projector uses 1 s; the broker used less than an idle one
        assertThat(round.processorSeconds()).isEqualTo(Map.of("projector", 3.0, "broker", 1.0));
    }

    @Test
    void a_rate_is_over_the_whole_round() {
        assertThat(round(Side.CANDIDATE, 4, Map.of()).rate()).isEqualTo(25.0);
    }

    @Test
    void what_was_written_is_summed_over_all_groups() {
        assertThat(round(Side.BASELINE, 1, Map.of()).total()).isEqualTo(new LogUsage(4, 2, 6, 1, 500));
    }

    private static Round round(Side side, double seconds, Map<String, Double> processorSeconds) {
        return new Round(
                side,
                100,
                seconds / 2,
                seconds,
                new TreeMap<>(processorSeconds),
                new Round.Delayed(10, new TreeMap<>(Map.of("projector", 3.0, "broker", 0.5))),
                new TreeMap<>(Map.of("a", new LogUsage(3, 1, 2, 0, 300), "b", new LogUsage(1, 1, 4, 1, 200))),
                new TreeMap<>(Map.of("app", 7L)),
                Optional.empty());
    }
}
