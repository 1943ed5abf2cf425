package ipn.bench.generator;

import static org.assertj.core.api.Assertions.assertThat;

import ipn.bench.generator.Outcomes.Statuses;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutcomesTest {
    private static final long MILLI = 1_000_000;

    private final Outcomes outcomes = new Outcomes(new long[] {7, 8, 9, 7});

    @TempDir
    Path folder;

    @BeforeEach
    void record_calls() {
        outcomes.record(0, 200, 0, 2 * MILLI);
        outcomes.record(1, 503, 500 * MILLI, 540 * MILLI);
        outcomes.record(2, 204, 900 * MILLI, 1_004 * MILLI);
        outcomes.record(3, Outcomes.NO_RESPONSE, 1_500 * MILLI, 2_500 * MILLI);
    }

    @Test
    void calls_are_counted_by_status() {
        assertThat(outcomes.statuses()).isEqualTo(Map.of(0, 1, 200, 1, 204, 1, 503, 1));
        assertThat(outcomes.count(Statuses.ACKNOWLEDGED)).isEqualTo(2);
        assertThat(outcomes.count(Statuses.REFUSED)).isEqualTo(1);
    }

    @Test
    void a_latency_counts_from_when_the_call_was_due() {
        var micros = outcomes.micros(Statuses.ACKNOWLEDGED);

        assertThat(micros.getTotalCount()).isEqualTo(2);
        assertThat(micros.getMinValue()).isBetween(1_990L, 2_010L);
        assertThat(micros.getMaxValue()).isBetween(103_900L, 104_100L);
    }

    @Test
    void latencies_of_an_interval_are_those_of_calls_that_were_due_in_it() {
        assertThat(outcomes.micros(Statuses.ACKNOWLEDGED, 0.5, 1).getTotalCount())
                .isEqualTo(1);
        assertThat(outcomes.micros(Statuses.ACKNOWLEDGED, 1, 2).getTotalCount()).isZero();
    }

    @Test
    void responses_of_an_interval_are_those_that_arrived_in_it() {
        assertThat(outcomes.answered(Statuses.ACKNOWLEDGED, 0, 1)).isEqualTo(1);
        assertThat(outcomes.answered(Statuses.ACKNOWLEDGED, 1, 2)).isEqualTo(1);
        assertThat(outcomes.seconds()).isEqualTo(2.5);
    }

    @Test
    void a_file_has_all_of_it() throws IOException {
        outcomes.write(folder.resolve("outcomes"));

        var read = Outcomes.read(folder.resolve("outcomes"));

        assertThat(read.statuses()).isEqualTo(outcomes.statuses());
        assertThat(read.fingerprint(3)).isEqualTo(7);
        assertThat(read.micros(Statuses.ACKNOWLEDGED)).isEqualTo(outcomes.micros(Statuses.ACKNOWLEDGED));
    }
}
