package ipn.ingress.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TurnTest {
    private static final long MILLI = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long TOLERANCE = Turn.TOLERANCE_NANOS / MILLI;
    private static final long LATE = Turn.LATE_NANOS / MILLI;
    private static final long REST = Turn.REST_NANOS / MILLI;

    private final Turn turn = new Turn();
    private long millis = 1_000;

    @Test
    void short_turns_refuse_nobody() {
        for (var i = 0; i < 1_000; i++) {
            begin();
            assertThat(after(LATE)).isEqualTo(Refusing.NOBODY);
            end();
        }
    }

    @Test
    void one_long_turn_refuses_nobody() {
        begin();
        assertThat(after(5 * TOLERANCE)).isEqualTo(Refusing.NOBODY);
        end();
        begin();
        assertThat(after(TOLERANCE)).isEqualTo(Refusing.NOBODY);
    }

    @Test
    void when_turns_stay_long_what_is_left_of_a_turn_is_refused_strangers_first() {
        stayLate();
        begin();
        assertThat(after(5)).isEqualTo(Refusing.NOBODY);
        assertThat(after(1)).isEqualTo(Refusing.STRANGERS);
        turn.served(10 * MILLI);
        assertThat(after(4)).isEqualTo(Refusing.STRANGERS);
        turn.served(MILLI);
        assertThat(after(1)).isEqualTo(Refusing.EVERYBODY);
    }

    @Test
    void who_is_proven_is_served_however_long_strangers_keep_the_loop() {
        stayLate();
        begin();
        assertThat(after(100 * TOLERANCE)).isEqualTo(Refusing.STRANGERS);
    }

    @Test
    void the_time_shrinks_while_turns_are_too_long_and_grows_again() {
        stayLate();
        begin();
        assertThat(after(40)).isEqualTo(Refusing.STRANGERS);
        end();
        assertThat(provenAreServed(6)).isFalse(); // twice as long as they should be
        assertThat(provenAreServed(4)).isTrue();
        for (var i = 0; i < 30; i++) {
            assertThat(provenAreServed(2)).isTrue();
        }
        assertThat(provenAreServed(9)).isTrue();
    }

    @Test
    void one_pause_does_not_shrink_it() {
        stayLate();
        provenAreServed(6);
        begin();
        assertThat(after(500)).isEqualTo(Refusing.STRANGERS);
        end();
        assertThat(provenAreServed(9)).isTrue();
    }

    @Test
    void proven_clients_keep_some_time_and_strangers_none_beside_it() {
        stayLate();
        for (var i = 0; i < 100; i++) {
            begin();
            turn.refusing((millis + 100) * MILLI);
            millis += 100;
            end();
        }
        assertThat(provenAreServed(1)).isTrue();
        assertThat(provenAreServed(2)).isFalse();
    }

    @Test
    void each_turn_has_its_own_time() {
        stayLate();
        for (var i = 0; i < 10; i++) {
            begin();
            assertThat(after(6)).isEqualTo(Refusing.STRANGERS);
            turn.served(6 * MILLI);
            end();
        }
    }

    @Test
    void a_turn_that_is_short_because_it_refused_is_no_end_of_it() {
        stayLate();
        begin();
        assertThat(after(6)).isEqualTo(Refusing.STRANGERS);
        end();
        begin();
        assertThat(after(6)).isEqualTo(Refusing.STRANGERS);
    }

    @Test
    void one_turn_without_delay_ends_it() {
        stayLate();
        begin();
        assertThat(after(3)).isEqualTo(Refusing.NOBODY);
        end();
        begin();
        assertThat(after(TOLERANCE)).isEqualTo(Refusing.NOBODY);
    }

    @Test
    void an_overload_that_continues_is_refused_without_further_tolerance() {
        stayLate();
        begin();
        assertThat(after(6)).isEqualTo(Refusing.STRANGERS);
        end();
        begin();
        assertThat(after(3)).isEqualTo(Refusing.NOBODY);
        end();
        turnOf(11);
        begin();
        assertThat(after(6)).isEqualTo(Refusing.STRANGERS);
    }

    @Test
    void a_refusal_is_forgotten_after_a_second() {
        stayLate();
        begin();
        assertThat(after(6)).isEqualTo(Refusing.STRANGERS);
        end();
        millis += Turn.MEMORY_NANOS / MILLI;
        turnOf(LATE + 1);
        begin();
        assertThat(after(TOLERANCE)).isEqualTo(Refusing.NOBODY);
    }

    private void turnOf(long length) {
        begin();
        millis += length;
        end();
    }

    @Test
    void a_loop_that_had_nothing_to_do_is_not_late() {
        stayLate();
        millis += REST + 1;
        begin();
        assertThat(after(TOLERANCE)).isEqualTo(Refusing.NOBODY);
    }

    @Test
    void time_that_other_threads_took_between_turns_is_no_rest() {
        stayLate();
        millis += REST;
        begin();
        assertThat(after(TOLERANCE)).isEqualTo(Refusing.STRANGERS);
    }

    @Test
    void a_turn_begins_once() {
        assertThat(turn.begin(1)).isTrue();
        assertThat(turn.begin(2)).isFalse();
        turn.end(3);
        assertThat(turn.begin(4)).isTrue();
    }

    /** In a turn of its own, after they were served for so long; strangers are refused. */
    private boolean provenAreServed(long servedMillis) {
        begin();
        turn.served(servedMillis * MILLI);
        var refusing = after(6);
        end();
        assertThat(refusing.refuses(false)).isTrue();
        return !refusing.refuses(true);
    }

    private void stayLate() {
        for (var i = 0; i < 2 + TOLERANCE / LATE; i++) {
            begin();
            millis += LATE + 1;
            end();
        }
    }

    private void begin() {
        turn.begin(millis * MILLI);
    }

    private Refusing after(long more) {
        millis += more;
        return turn.refusing(millis * MILLI);
    }

    private void end() {
        turn.end(millis * MILLI);
    }
}
