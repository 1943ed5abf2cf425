package ipn.processor.deferred;

import static org.assertj.core.api.Assertions.assertThat;

import ipn.processor.deferred.Passage.Offsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class PassageTest {
    private static final TopicPartition RAW = new TopicPartition("raw", 0);
    private static final TopicPartition OTHER_RAW = new TopicPartition("raw", 1);
    private static final TopicPartition OUTCOMES = new TopicPartition("outcomes", 0);
    private static final TopicPartition CLAIMS = new TopicPartition("claims", 0);

    private final Map<TopicPartition, Long> committed = new HashMap<>();
    private final Map<TopicPartition, Long> ends =
            new HashMap<>(Map.of(RAW, 10L, OTHER_RAW, 0L, OUTCOMES, 0L, CLAIMS, 0L));

    @Test
    void it_has_ended_when_each_stage_has_committed_what_the_one_before_has_written() {
        var passage = passage();
        assertThat(passage.hasEnded(now())).isFalse();

        committed.put(RAW, 10L);
        ends.put(OUTCOMES, 20L);
        assertThat(passage.hasEnded(now())).isFalse();

        committed.put(OUTCOMES, 20L);
        ends.put(CLAIMS, 30L);
        assertThat(passage.hasEnded(now())).isFalse();

        committed.put(CLAIMS, 30L);
        assertThat(passage.hasEnded(now())).isTrue();
    }

    @Test
    void what_comes_later_does_not_prolong_it() {
        var passage = passage();
        ends.put(RAW, 1_000L);

        committed.put(RAW, 10L);

        assertThat(passage.hasEnded(now())).isTrue();
    }

    @Test
    void each_partition_counts() {
        ends.put(OTHER_RAW, 1L);
        var passage = passage();

        committed.put(RAW, 10L);
        assertThat(passage.hasEnded(now())).isFalse();

        committed.put(OTHER_RAW, 1L);
        assertThat(passage.hasEnded(now())).isTrue();
    }

    private Passage passage() {
        return new Passage(List.of("raw", "outcomes", "claims"), now());
    }

    private Offsets now() {
        return new Offsets(Map.copyOf(committed), Map.copyOf(ends));
    }
}
