package ipn.projector.brake;

import static org.assertj.core.api.Assertions.assertThat;

import ipn.avro.BrakeSlot;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SlidingWindowTest {
    private static final Instant NOON = Instant.parse("2026-09-01T12:00:00Z");
    private static final int SEEDS = 5_000;

    @Test
    void whatever_the_arrivals_no_window_of_that_length_ever_holds_more_than_the_limit() {
        var reached = 0;
        for (var seed = 0; seed < SEEDS; seed++) {
            var random = new SplittableRandom(seed);
            var length = Duration.ofMillis(random.nextInt(1_000, 700_000));
            var limit = random.nextInt(1, 40);
            var most = mostWithin(length, limit, random);
            assertThat(most).as("seed %d: within one window", seed).isBetween(1, limit);
            reached += most == limit ? 1 : 0;
        }
        assertThat(reached)
                .as("seeds of which a window holds as many as the limit")
                .isGreaterThan(SEEDS * 9 / 10);
    }

    @Test
    void what_was_emitted_leaves_the_count_a_slot_after_the_window_at_the_latest() {
        var window = new SlidingWindow(Duration.ofMinutes(10));
        var slots = window.plusOne(window.plusOne(List.of(), NOON), NOON.plusSeconds(30));
        assertThat(window.emitted(slots, NOON.plus(Duration.ofMinutes(10)))).isEqualTo(2);
        assertThat(window.emitted(slots, NOON.plus(Duration.ofMinutes(10)).plusSeconds(10)))
                .isEqualTo(1);
        assertThat(window.emitted(slots, NOON.plus(Duration.ofMinutes(11)))).isZero();
        assertThat(window.plusOne(slots, NOON.plus(Duration.ofMinutes(11)))).hasSize(1);
    }

    @Test
    void an_earlier_time_counts_as_the_latest_seen() {
        var window = new SlidingWindow(Duration.ofMinutes(10));
        var slots = window.plusOne(List.of(), NOON);
        assertThat(window.emitted(window.plusOne(slots, NOON.minusSeconds(3_600)), NOON.minusSeconds(3_600)))
                .isEqualTo(2);
    }

    /** The most that were emitted within any window of the length, by the exact times. */
    private static int mostWithin(Duration length, int limit, SplittableRandom random) {
        var window = new SlidingWindow(length);
        var slots = List.<BrakeSlot>of();
        var exact = new ArrayDeque<Instant>();
        var now = NOON.plusMillis(random.nextLong(length.toMillis()));
        var most = 0;
        for (var arrival = 0; arrival < 200; arrival++) {
            var bursts = random.nextInt(3) > 0;
            now = now.plusMillis(bursts ? random.nextLong(3) : random.nextLong(length.toMillis() / 3));
            if (window.emitted(slots, now) < limit) {
                slots = window.plusOne(slots, now);
                exact.addLast(now);
            }
            while (!exact.isEmpty() && exact.peekFirst().isBefore(now.minus(length))) {
                exact.removeFirst();
            }
            most = Math.max(most, exact.size());
        }
        return most;
    }
}
