package ipn.bench.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import ipn.bench.generator.Outcomes;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StoredCallsTest {
    private final Outcomes outcomes = new Outcomes(new long[] {1, 2, 3, 4, 1});

    StoredCallsTest() {
        outcomes.record(0, 200, 0, 1);
        outcomes.record(1, 200, 0, 1);
        outcomes.record(2, 503, 0, 1);
        outcomes.record(3, 401, 0, 1);
        outcomes.record(4, 200, 0, 1); // the first call again
    }

    @Test
    void each_acknowledged_call_is_stored_once() {
        assertThat(new StoredCalls(Map.of(1L, 2, 2L, 1)).differences("round", outcomes))
                .isEmpty();
    }

    @Test
    void a_refused_call_may_be_stored() {
        assertThat(new StoredCalls(Map.of(1L, 2, 2L, 1, 3L, 1)).differences("round", outcomes))
                .isEmpty();
    }

    @Test
    void a_lost_call_is_a_difference() {
        assertThat(new StoredCalls(Map.of(1L, 1, 2L, 1)).differences("round", outcomes))
                .containsExactly("round: 1 acknowledged calls are not stored");
    }

    @Test
    void a_call_stored_twice_is_a_difference() {
        assertThat(new StoredCalls(Map.of(1L, 2, 2L, 2)).differences("round", outcomes))
                .containsExactly("round: 1 records too many");
    }

    @Test
    void a_rejected_or_unknown_call_that_is_stored_is_a_difference() {
        assertThat(new StoredCalls(Map.of(1L, 2, 2L, 1, 4L, 1, 5L, 1)).differences("round", outcomes))
                .containsExactly("round: 2 records too many");
    }
}
