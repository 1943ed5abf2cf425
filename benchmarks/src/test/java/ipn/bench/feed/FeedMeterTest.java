package ipn.bench.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class FeedMeterTest {
    @Test
    void what_processes_do_later_counts_without_what_they_use_when_idle() {
        var sum = FeedMeter.sum(
                new TreeMap<>(Map.of("projector", 10.0, "broker", 4.0)),
                new TreeMap<>(Map.of("projector", 2.0, "broker", 0.1)),
                5,
                Map.of("projector", 0.1, "broker", 0.1));

        assertThat(sum).containsEntry("projector", 11.5).containsEntry("broker", 4.0);
    }

    @Test
    void cost_and_rate_are_by_record() {
        var round = new FeedRound(1_000, 2.0, new TreeMap<>(Map.of("processor", 1.0, "projector", 2.0)));

        assertThat(round.rate()).isEqualTo(500);
        assertThat(round.processorMillis()).isEqualTo(3);
    }
}
