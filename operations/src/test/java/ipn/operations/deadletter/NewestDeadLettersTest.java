package ipn.operations.deadletter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ipn.operations.deadletter.DeadLetter.Status;
import ipn.operations.topic.Position;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class NewestDeadLettersTest {
    private final NewestDeadLetters newest = new NewestDeadLetters(2);
    private long offset;

    @Test
    void keeps_the_newest_failures_and_reports_that_there_are_more() {
        newest.add(letter("a", 1), true);
        newest.add(letter("b", 3), true);
        newest.add(letter("c", 2), true);

        assertThat(newest.page().letters()).extracting(DeadLetter::id).containsExactly("b", "c");
        assertThat(newest.page().more()).isTrue();
    }

    @Test
    void a_later_failure_of_the_same_id_takes_the_place_of_the_earlier() {
        newest.add(letter("a", 1), true);
        newest.add(letter("a", 2), true);

        assertThat(newest.page().letters())
                .extracting(letter -> letter.at().offset())
                .containsExactly(1L);
        assertThat(newest.page().more()).isFalse();
    }

    @Test
    void a_later_failure_that_is_not_meant_takes_the_earlier_away() {
        newest.add(letter("a", 1), true);
        newest.add(letter("a", 2), false);

        assertThat(newest.page().letters()).isEmpty();
    }

    @Test
    void failures_of_one_moment_are_all_kept() {
        newest.add(letter("a", 1), true);
        newest.add(letter("b", 1), true);

        assertThat(newest.page().letters()).hasSize(2);
    }

    @Test
    void a_limit_of_nothing_is_refused() {
        assertThatThrownBy(() -> new NewestDeadLetters(0)).hasMessage("limit: 0 (expected: 1 or more)");
    }

    private DeadLetter letter(String id, long minute) {
        var at = Instant.EPOCH.plusSeconds(60 * minute);
        var source = new Position("ipn.raw", 0, 0);
        return new DeadLetter(
                id,
                "MALFORMED",
                "permanent",
                "processor",
                "",
                "",
                "",
                "",
                "",
                "",
                source,
                new Position("ipn.dlq", 0, offset++),
                1,
                at,
                at,
                0,
                Status.OPEN);
    }
}
