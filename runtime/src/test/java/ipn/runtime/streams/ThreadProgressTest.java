package ipn.runtime.streams;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class ThreadProgressTest {
    private static final TopicPartition A = new TopicPartition("a", 0);
    private static final TopicPartition B = new TopicPartition("a", 1);

    private final ThreadProgress progress = new ThreadProgress(0);

    @Test
    void what_was_fetched_is_work_until_it_is_committed() {
        assigned(1, Map.of(A, 5L));
        progress.fetched(A, 7);
        assertThat(progress.hasWork(Map.of(A, 8L))).isTrue();
        commit(2, Map.of(A, 7L));
        assertThat(progress.hasWork(Map.of(A, 5L))).isTrue();
        commit(3, Map.of(A, 8L));
        assertThat(progress.still(9)).isEqualTo(6);
        assigned(10, Map.of(A, 8L));
        assertThat(progress.hasWork(Map.of(A, 8L))).isFalse();
    }

    @Test
    void what_was_not_read_is_work() {
        assigned(1, Map.of(A, 5L, B, 5L));
        assertThat(progress.hasWork(Map.of(A, 5L, B, 6L))).isTrue();
        assertThat(progress.hasWork(Map.of(A, 5L, B, 5L))).isFalse();
    }

    @Test
    void markers_behind_the_last_record_are_none() {
        assigned(1, Map.of(A, 5L));
        progress.fetched(A, 7);
        commit(2, Map.of(A, 8L));
        assigned(3, Map.of(A, 12L));
        assertThat(progress.hasWork(Map.of(A, 12L))).isFalse();
    }

    @Test
    void passing_aborted_records_is_progress_and_reading_them_again_is_none() {
        assigned(1, Map.of(A, 5L));
        assigned(10, Map.of(A, 500L));
        assertThat(progress.still(11)).isOne();
        assigned(20, Map.of(A, 5L));
        assigned(21, Map.of(A, 400L));
        assertThat(progress.still(22)).isEqualTo(12);
        assertThat(progress.moved()).isTrue();
    }

    @Test
    void fetching_without_committing_is_no_progress() {
        assigned(1, Map.of(A, 5L));
        progress.fetched(A, 7);
        assigned(2, Map.of(A, 8L));
        progress.fetched(A, 17);
        assigned(3, Map.of(A, 18L));
        assertThat(progress.still(4)).isEqualTo(4);
        assertThat(progress.moved()).isFalse();
    }

    @Test
    void committing_the_same_offsets_again_is_no_progress() {
        assigned(1, Map.of(A, 5L));
        progress.fetched(A, 7);
        commit(2, Map.of(A, 6L));
        commit(9, Map.of(A, 6L));
        assertThat(progress.still(10)).isEqualTo(8);
    }

    @Test
    void a_partition_that_moved_away_is_no_work() {
        assigned(1, Map.of(A, 5L, B, 5L));
        progress.fetched(A, 7);
        assigned(2, Map.of(B, 5L));
        assertThat(progress.partitions()).containsExactly(B);
        assertThat(progress.hasWork(Map.of(A, 8L, B, 5L))).isFalse();
    }

    @Test
    void a_partition_whose_position_is_not_known_has_work_if_there_is_any() {
        progress.assigned(Set.of(A), Map.of(), 1);
        assertThat(progress.hasWork(Map.of(A, 3L))).isTrue();
        assertThat(progress.hasWork(Map.of(A, 0L))).isFalse();
    }

    private void assigned(long now, Map<TopicPartition, Long> positions) {
        progress.assigned(positions.keySet(), positions, now);
    }

    private void commit(long now, Map<TopicPartition, Long> offsets) {
        progress.committing(offsets);
        progress.committed(now);
    }
}
