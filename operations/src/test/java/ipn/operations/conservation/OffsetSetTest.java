package ipn.operations.conservation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OffsetSetTest {
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void behaves_like_a_sorted_set(long seed) {
        var random = new SplittableRandom(seed);
        var some = new OffsetSet();
        var others = new OffsetSet();
        var expected = new TreeSet<Long>();
        var expectedOthers = new TreeSet<Long>();
        for (var i = 0; i < 2_000; i++) {
            var offset = random.nextLong(random.nextBoolean() ? 300 : 5_000_000_000L);
            assertThat(some.add(offset)).isEqualTo(expected.add(offset));
            var other = random.nextLong(300);
            others.add(other);
            expectedOthers.add(other);
        }
        var left = new ArrayList<Long>();
        some.forEachNotIn(others, left::add);

        assertThat(some.size()).isEqualTo(expected.size());
        assertThat(some.first()).isEqualTo(expected.first());
        assertThat(expected).allMatch(some::contains);
        assertThat(LongStream.range(0, 300).filter(some::contains)).containsExactlyElementsOf(expected.headSet(300L));
        expected.removeAll(expectedOthers);
        assertThat(left).containsExactlyElementsOf(expected);
    }

    @Test
    void an_empty_one_begins_nowhere() {
        assertThat(new OffsetSet().first()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void holds_a_million_offsets_beyond_the_range_of_int() {
        var set = new OffsetSet();
        LongStream.range(7_000_000_000L, 7_001_000_000L).forEach(set::add);
        assertThat(set.size()).isEqualTo(1_000_000);
        assertThat(set.contains(7_001_000_000L)).isFalse();
        assertThat(set.first()).isEqualTo(7_000_000_000L);
    }

    static LongStream seeds() {
        return LongStream.range(0, 20);
    }
}
