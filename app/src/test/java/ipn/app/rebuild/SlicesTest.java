package ipn.app.rebuild;

import static org.assertj.core.api.Assertions.assertThat;

import ipn.operations.topic.OffsetRanges;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** Slices cover all of history, in order, and none has many records or lasts long. */
class SlicesTest {
    private static final TopicPartition PARTITION = new TopicPartition("raw", 0);
    private static final Instant START = Instant.parse("2026-09-01T00:00:00Z");
    private static final Instant UNTIL = START.plus(Duration.ofDays(30));

    private long copied;

    @Test
    void all_records_are_in_slices_of_limited_size_and_length() {
        var random = new Random(1);
        var times = IntStream.range(0, 60_000)
                .mapToObj(any ->
                        START.plusMillis((long) (Duration.ofDays(30).toMillis() * Math.pow(random.nextDouble(), 4))))
                .sorted()
                .toList();
        var ends = slices(times);

        assertThat(ends).isSorted().doesNotHaveDuplicates();
        assertThat(ends.get(ends.size() - 1)).isEqualTo(UNTIL);
        assertThat(copied).isEqualTo(times.size());
    }

    @Test
    void a_time_without_records_is_one_slice() {
        var ends = slices(List.of(START.plusSeconds(10), UNTIL.minusSeconds(10)));
        assertThat(ends).hasSizeLessThan(8);
    }

    @Test
    void nothing_at_all_is_one_slice() {
        assertThat(slices(List.of())).containsExactly(UNTIL);
    }

    private List<Instant> slices(List<Instant> times) {
        var slices = new Slices(
                UNTIL,
                until -> new OffsetRanges(
                        Map.of(PARTITION, copied),
                        Map.of(
                                PARTITION,
                                times.stream()
                                        .filter(time -> !time.isAfter(until))
                                        .count())),
                () -> copied < times.size() ? Optional.of(times.get((int) copied)) : Optional.empty());
        var ends = new ArrayList<Instant>();
        var at = START;
        while (at.isBefore(UNTIL)) {
            var slice = slices.next(at);
            assertThat(slice.end()).isAfter(at);
            assertThat(slice.ranges().length()).isLessThanOrEqualTo(Slices.RECORDS_MAX);
            if (slice.ranges().length() > 0) {
                assertThat(Duration.between(at, slice.end())).isLessThanOrEqualTo(Slices.SPAN_MAX);
            }
            copied = slice.ranges().end(PARTITION);
            at = slice.end();
            ends.add(at);
        }
        return ends;
    }
}
