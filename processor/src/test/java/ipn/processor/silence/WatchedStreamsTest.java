package ipn.processor.silence;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WatchedStreamsTest {
    private static final long MINUTE = WatchedStream.MINUTE;
    private static final long BEGIN = Duration.ofDays(20_000).toMillis();

    private WatchedStreams streams = new WatchedStreams();
    private long now = BEGIN;

    /** One of each type in each minute. */
    private void come(Duration time, String... types) {
        for (var until = now + time.toMillis(); now < until; now += MINUTE) {
            for (var type : types) {
                streams.note("stripe", "main", type, now);
            }
            streams.advance(now + MINUTE);
        }
    }

    private List<String> unusual() {
        return WatchedStreams.unusual(streams.silences(now)).stream()
                .map(silence -> silence.stream().type())
                .toList();
    }

    private void pass(Duration time) {
        come(time);
    }

    @Test
    void nothing_is_usual_in_the_first_week() {
        come(Duration.ofDays(6), "invoice.paid");
        pass(Duration.ofHours(5));
        assertThat(streams.silences(now)).isEmpty();
    }

    @Test
    void what_comes_each_minute_is_missed_after_some_minutes() {
        come(Duration.ofDays(14), "invoice.paid");
        assertThat(unusual()).isEmpty();
        pass(Duration.ofMinutes(20));
        assertThat(unusual()).containsExactly(StreamId.ALL);
        assertThat(streams.silences(now).get(0).missing()).isBetween(15.0, 22.0);
    }

    @Test
    void the_next_notification_ends_it() {
        come(Duration.ofDays(14), "invoice.paid");
        pass(Duration.ofHours(3));
        come(Duration.ofMinutes(1), "invoice.paid");
        assertThat(unusual()).isEmpty();
    }

    @Test
    void one_type_of_an_account_can_fall_silent_alone() {
        come(Duration.ofDays(14), "invoice.paid", "charge.refunded");
        come(Duration.ofMinutes(30), "invoice.paid");
        assertThat(unusual()).containsExactly("charge.refunded");
    }

    @Test
    void a_long_outage_does_not_become_usual() {
        come(Duration.ofDays(14), "invoice.paid");
        pass(Duration.ofDays(10));
        come(Duration.ofDays(1), "invoice.paid");
        pass(Duration.ofMinutes(20));
        assertThat(unusual()).containsExactly(StreamId.ALL);
    }

    @Test
    void what_has_ended_for_good_is_forgotten_after_four_weeks() {
        come(Duration.ofDays(14), "invoice.paid", "charge.refunded");
        come(Duration.ofDays(29), "invoice.paid");
        assertThat(streams.learned().streams())
                .extracting(LearnedStream::id)
                .extracting(StreamId::type)
                .containsExactlyInAnyOrder(StreamId.ALL, "invoice.paid");
    }

    @Test
    void event_types_of_an_account_are_bounded() {
        come(
                Duration.ofMinutes(1),
                IntStream.range(0, 1_000).mapToObj(i -> "type" + i).toArray(String[]::new));
        assertThat(streams.learned().streams()).hasSizeBetween(WatchedStreams.TYPES_MAX, WatchedStreams.TYPES_MAX + 2);
    }

    @Test
    void what_was_stored_continues_as_if_nothing_had_happened() {
        come(Duration.ofDays(14), "invoice.paid");
        var before = streams.learned();
        streams = new WatchedStreams(before);
        assertThat(streams.learned().streams()).containsExactlyInAnyOrderElementsOf(before.streams());
        pass(Duration.ofMinutes(20));
        assertThat(unusual()).containsExactly(StreamId.ALL);
    }

    @Test
    void within_the_minutes_that_are_not_over_the_order_does_not_matter() {
        var other = new WatchedStreams();
        IntStream.range(0, 300).forEach(i -> streams.note("stripe", "main", "a", BEGIN + i * 10_000L));
        IntStream.range(0, 300).forEach(i -> other.note("stripe", "main", "a", BEGIN + (299 - i) * 10_000L));
        streams.advance(BEGIN + 300 * 10_000L);
        other.advance(BEGIN + 300 * 10_000L);
        assertThat(streams.learned().streams())
                .containsExactlyInAnyOrderElementsOf(other.learned().streams());
    }
}
