package ipn.bench.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import ipn.bench.ingress.Knee.Step;
import java.util.List;
import org.junit.jupiter.api.Test;

class KneeTest {
    private static final double P99_MAX = 100;

    @Test
    void the_last_rate_before_the_first_that_is_too_slow() {
        assertThat(new Knee(
                                List.of(
                                        new Step(100, 1, 5),
                                        new Step(200, 0.995, 100),
                                        new Step(300, 1, 101),
                                        new Step(400, 1, 5)),
                                P99_MAX)
                        .rate())
                .contains(200);
    }

    @Test
    void a_rate_is_not_sustained_if_calls_are_refused() {
        assertThat(new Knee(List.of(new Step(100, 1, 5), new Step(200, 0.98, 5)), P99_MAX).rate())
                .contains(100);
    }

    @Test
    void there_is_none_if_the_first_rate_is_not_sustained() {
        assertThat(new Knee(List.of(new Step(100, 0.5, 5), new Step(200, 1, 5)), P99_MAX).rate())
                .isEmpty();
    }
}
