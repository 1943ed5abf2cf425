package ipn.operations.conservation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PairChecksumTest {
    private final PairChecksum sums = new PairChecksum();

    @Test
    void records_and_their_outcomes_cancel_out_in_any_order() {
        for (var offset = 0; offset < 1_000; offset++) {
            sums.record(offset, story("payment", "event" + offset));
        }
        for (var offset = 999; offset >= 0; offset--) {
            sums.outcome(offset, story("payment", "event" + offset));
        }
        assertThat(differences()).isEmpty();
    }

    @Test
    void two_swapped_outcomes_of_one_chunk_are_seen() {
        sums.record(300, story("payment", "a"));
        sums.record(301, story("payment", "b"));
        sums.outcome(300, story("payment", "b"));
        sums.outcome(301, story("payment", "a"));
        assertThat(differences()).containsExactly(256L);
    }

    @Test
    void two_swapped_outcomes_of_two_payments_are_seen_however_far_apart() {
        sums.record(1, story("one", "a"));
        sums.record(600, story("other", "b"));
        sums.outcome(1, story("other", "b"));
        sums.outcome(600, story("one", "a"));
        assertThat(differences()).containsExactly(0L, 512L);
    }

    @Test
    void an_event_that_the_processor_reads_another_id_from_is_no_swap() {
        sums.record(1, story("payment", "a"));
        sums.outcome(1, story("payment", "sha256:a"));
        assertThat(differences()).isEmpty();
    }

    @Test
    void a_chunk_with_one_side_missing_is_not_judged() {
        sums.outcome(5, story("payment", "a"));
        sums.oneSided(5);
        assertThat(differences()).isEmpty();
    }

    private List<Long> differences() {
        var found = new ArrayList<Long>();
        sums.forEachDifference(found::add);
        return found;
    }

    private static PairChecksum.Story story(String paymentKey, String eventKey) {
        return PairChecksum.Story.of(paymentKey.getBytes(UTF_8), eventKey.getBytes(UTF_8));
    }
}
