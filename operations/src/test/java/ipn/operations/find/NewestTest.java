package ipn.operations.find;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NewestTest {
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void without_a_limit_in_reach_the_last_record_of_each_id_counts(long seed) {
        var random = new SplittableRandom(seed);
        var newest = new Newest<Integer>(100);
        Map<String, int[]> expected = new LinkedHashMap<>();
        for (var i = 0; i < 2_000; i++) {
            var id = "id" + random.nextInt(50);
            var time = random.nextInt(1_000);
            var deleted = random.nextInt(5) == 0;
            newest.put(id, Instant.ofEpochSecond(time), deleted ? Optional.empty() : Optional.of(i));
            if (deleted) {
                expected.remove(id);
            } else {
                expected.put(id, new int[] {time, i});
            }
        }
        assertThat(expected).isNotEmpty();
        assertThat(newest.values())
                .containsExactlyInAnyOrderElementsOf(
                        expected.values().stream().map(each -> each[1]).toList());
        assertThat(newest.values().get(0))
                .isIn(expected.values().stream()
                        .filter(each -> each[0]
                                == expected.values().stream()
                                        .max(Comparator.comparing(one -> one[0]))
                                        .orElseThrow()[0])
                        .map(each -> each[1])
                        .toList());
        assertThat(newest.more()).isFalse();
    }

    @Test
    void no_more_than_the_limit_is_kept_and_of_these_the_newest() {
        var newest = new Newest<Integer>(3);
        for (var i = 0; i < 10; i++) {
            newest.put("id" + i, Instant.ofEpochSecond(i * 7 % 10), Optional.of(i * 7 % 10));
        }
        assertThat(newest.values()).containsExactly(9, 8, 7);
        assertThat(newest.ids()).hasSize(3);
        assertThat(newest.more()).isTrue();
    }
}
