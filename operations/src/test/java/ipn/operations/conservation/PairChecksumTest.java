package ipn.operations.conservation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PairChecksumTest {
    private final PairChecksum checksum = new PairChecksum();

    @Test
    void records_and_their_outcomes_cancel_out_in_any_order() {
        for (var offset = 0; offset < 1_000; offset++) {
            checksum.record(offset, keys("payment", "event" + offset));
        }
        for (var offset = 999; offset >= 0; offset--) {
            checksum.outcome(offset, keys("payment", "event" + offset));
        }
        assertThat(differences()).isEmpty();
    }

    @Test
    void two_swapped_outcomes_of_one_chunk_are_seen() {
        checksum.record(300, keys("payment", "a"));
        checksum.record(301, keys("payment", "b"));
        checksum.outcome(300, keys("payment", "b"));
        checksum.outcome(301, keys("payment", "a"));
        assertThat(differences()).containsExactly(256L);
    }

    @Test
    void two_swapped_outcomes_of_two_payments_are_seen_however_far_apart() {
        checksum.record(1, keys("one", "a"));
        checksum.record(600, keys("other", "b"));
        checksum.outcome(1, keys("other", "b"));
        checksum.outcome(600, keys("one", "a"));
        assertThat(differences()).containsExactly(0L, 512L);
    }

    @Test
    void an_event_that_the_processor_reads_another_id_from_is_no_swap() {
        checksum.record(1, keys("payment", "a"));
        checksum.outcome(1, keys("payment", "sha256:a"));
        assertThat(differences()).isEmpty();
    }

    @Test
    void a_chunk_with_one_side_missing_is_not_checked() {
        checksum.outcome(5, keys("payment", "a"));
        checksum.oneSided(5);
        assertThat(differences()).isEmpty();
    }

    private List<Long> differences() {
        var found = new ArrayList<Long>();
        checksum.forEachDifference(found::add);
        return found;
    }

    private static PairChecksum.Keys keys(String paymentKey, String eventKey) {
        return PairChecksum.Keys.hash(paymentKey.getBytes(UTF_8), eventKey.getBytes(UTF_8));
    }
}
