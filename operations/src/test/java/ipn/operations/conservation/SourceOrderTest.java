package ipn.operations.conservation;

import static org.assertj.core.api.Assertions.assertThat;

import ipn.operations.conservation.ConservationReport.Finding;
import ipn.operations.conservation.ConservationReport.Kind;
import ipn.operations.conservation.RawWindow.Place;
import ipn.operations.topic.Position;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** A window of the offsets 10 to 19; 40 are decided, and the partition ends at 50. */
class SourceOrderTest {
    private static final long READ_TO = 900;

    private final RawWindow window = new RawWindow(new TopicPartition("raw", 1), 10, 20, 40, 50);
    private final FindingCollector findings = new FindingCollector();
    private SourceOrder order = order(true);

    private SourceOrder order(boolean continued) {
        return new SourceOrder(window, continued, findings, Kind.DOUBLE_OUTCOME, Kind.OUTCOME_WITHOUT_RECORD);
    }

    private Place follow(long offset, long source) {
        return order.follow(offset, raw(source));
    }

    private static Position raw(long offset) {
        return new Position("raw", 1, offset);
    }

    private long next() {
        return order.next(READ_TO, () -> 60);
    }

    @Test
    void the_first_of_a_later_record_is_where_the_next_window_begins() {
        assertThat(follow(100, 10)).isEqualTo(Place.WITHIN);
        assertThat(follow(101, 19)).isEqualTo(Place.WITHIN);
        assertThat(order.follow(102, new Position("raw", 2, 30))).isEqualTo(Place.OTHER_PARTITION);
        assertThat(follow(103, 20)).isEqualTo(Place.LATER);
        assertThat(next()).isEqualTo(103);
        assertThat(findings.kept()).isEmpty();
    }

    @Test
    void without_one_it_is_the_end_of_what_was_read() {
        follow(100, 10);
        assertThat(next()).isEqualTo(READ_TO);
    }

    @Test
    void one_of_an_earlier_record_is_a_second_one_if_all_before_were_read() {
        follow(100, 9);
        assertThat(findings.kept()).containsExactly(new Finding(Kind.DOUBLE_OUTCOME, raw(9)));
        order = order(false);
        follow(100, 8);
        assertThat(findings.count()).isEqualTo(1);
    }

    @Test
    void what_the_processor_has_decided_meanwhile_begins_the_next_window() {
        follow(100, 10);
        follow(101, 40);
        follow(102, 55);
        assertThat(next()).isEqualTo(101);
        assertThat(findings.kept()).isEmpty();
    }

    @Test
    void one_of_a_record_that_does_not_exist_begins_nothing() {
        follow(100, 1_000);
        follow(101, 10);
        follow(102, 2_000);
        follow(103, 45);
        assertThat(next()).isEqualTo(103);
        assertThat(findings.kept())
                .containsExactly(
                        new Finding(Kind.OUTCOME_WITHOUT_RECORD, raw(1_000)),
                        new Finding(Kind.OUTCOME_WITHOUT_RECORD, raw(2_000)));
    }

    @Test
    void one_that_comes_too_early_is_a_second_one_because_the_processor_writes_its_own_later() {
        follow(100, 45);
        follow(101, 10);
        assertThat(next()).isEqualTo(READ_TO);
        assertThat(findings.kept()).containsExactly(new Finding(Kind.DOUBLE_OUTCOME, raw(45)));
    }

    @Test
    void what_other_windows_have_reported_is_not_reported_again() {
        order = order(false);
        follow(100, 1_000);
        follow(101, 10);
        assertThat(findings.kept()).isEmpty();
        follow(102, 2_000);
        follow(103, 11);
        assertThat(findings.kept()).containsExactly(new Finding(Kind.OUTCOME_WITHOUT_RECORD, raw(2_000)));
    }
}
