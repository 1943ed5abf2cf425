package ipn.bench.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RecoveryTest {
    private static final List<Double> BEFORE = List.of(3.0, 5.0, 4.0);

    @Test
    void latencies_that_stay_normal_recover_at_once() {
        assertThat(Recovery.seconds(BEFORE, List.of(5.0, 4.0, 3.0, 9.0))).isZero();
    }

    @Test
    void a_single_normal_second_is_no_recovery() {
        assertThat(Recovery.seconds(BEFORE, List.of(90.0, 4.0, 9.0, 5.0, 4.0, 3.0)))
                .isEqualTo(3);
    }

    @Test
    void latencies_that_stay_high_take_the_whole_time() {
        assertThat(Recovery.seconds(BEFORE, List.of(90.0, 9.0, 9.0, 9.0))).isEqualTo(4);
    }
}
