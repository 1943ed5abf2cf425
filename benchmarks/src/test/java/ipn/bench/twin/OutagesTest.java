package ipn.bench.twin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class OutagesTest {
    private static List<Long> at(long... seconds) {
        return LongStream.of(seconds)
                .map(second -> second * 1_000_000_000L)
                .boxed()
                .toList();
    }

    @Test
    void the_longest_interval_after_each_kill_counts() {
        assertThat(Outages.seconds(at(1, 2, 9, 10, 11, 14, 15), at(3, 11))).containsExactly(7.0, 3.0);
    }

    @Test
    void arrivals_shortly_after_a_kill_do_not_end_the_outage() {
        assertThat(Outages.seconds(at(9, 4, 3), at(3))).containsExactly(5.0);
    }

    @Test
    void an_interval_before_the_kill_does_not_count() {
        assertThat(Outages.seconds(at(0, 50, 51, 53), at(51))).containsExactly(2.0);
    }

    @Test
    void without_arrivals_there_is_no_interval() {
        assertThat(Outages.seconds(List.of(), at(1))).containsExactly(0.0);
    }
}
