package ipn.processor.outage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ipn.processor.outage.FailureWindow.Cause;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FailureWindowTest {
    private static final Instant NOON = Instant.parse("2026-09-01T12:00:00Z");
    private static final Optional<Cause> MISSING = Optional.of(new Cause("f1", "MISSING_FIELD"));
    private static final Optional<Cause> OTHER = Optional.of(new Cause("f2", "MALFORMED"));
    private static final Optional<Cause> NONE = Optional.empty();

    private final FailureWindow window = new FailureWindow(new OutageRule(50, Duration.ofMinutes(1), 20));

    @Test
    void a_cause_that_has_the_share_is_an_outage() {
        note(20, NONE, NOON);
        note(19, MISSING, NOON);
        assertThat(window.outages(NOON)).as("19 of 39").isEmpty();
        note(1, MISSING, NOON);
        assertThat(window.outages(NOON)).containsExactly(new Outage("stripe/main", "f1", "MISSING_FIELD", 20, 40));
        assertThat(window.outages(NOON).get(0).text()).contains("stripe/main: 20 of the last 40", "f1");
    }

    @Test
    void a_few_failures_are_poison_however_large_their_share() {
        note(19, MISSING, NOON);
        assertThat(window.outages(NOON)).isEmpty();
    }

    @Test
    void many_causes_that_are_small_each_are_no_outage() {
        note(40, NONE, NOON);
        note(30, MISSING, NOON);
        note(30, OTHER, NOON);
        assertThat(window.outages(NOON)).isEmpty();
    }

    @Test
    void each_account_is_counted_apart() {
        note(1_000, NONE, NOON);
        for (var i = 0; i < 20; i++) {
            window.note("adyen/eu", MISSING, NOON);
        }
        assertThat(window.outages(NOON)).extracting(Outage::account).containsExactly("adyen/eu");
    }

    @Test
    void it_ends_below_half_of_the_share_and_not_before() {
        note(20, MISSING, NOON);
        note(60, NONE, NOON);
        assertThat(window.outages(NOON)).as("20 of 80").hasSize(1);
        note(1, NONE, NOON);
        assertThat(window.outages(NOON)).as("20 of 81").isEmpty();
    }

    @Test
    void what_is_older_than_the_window_does_not_count() {
        note(19, MISSING, NOON);
        note(1, MISSING, NOON.plusSeconds(59));
        assertThat(window.outages(NOON.plusSeconds(59))).hasSize(1);
        assertThat(window.outages(NOON.plusSeconds(60))).as("1 of 1 continues").hasSize(1);
        assertThat(window.outages(NOON.plusSeconds(130))).isEmpty();
        note(19, MISSING, NOON.plusSeconds(130));
        assertThat(window.outages(NOON.plusSeconds(130))).isEmpty();
    }

    @Test
    void a_clock_that_goes_back_forgets_nothing_and_counts_nothing_twice() {
        note(10, MISSING, NOON);
        note(10, MISSING, NOON.minusSeconds(3_600));
        assertThat(window.outages(NOON.minusSeconds(3_600)))
                .extracting(Outage::failed, Outage::total)
                .containsExactly(org.assertj.core.api.Assertions.tuple(20L, 20L));
    }

    @Test
    void accounts_and_causes_have_a_bound() {
        for (var i = 0; i < 5_000; i++) {
            window.note("a/" + i, Optional.of(new Cause("f" + i, "MALFORMED")), NOON);
        }
        assertThat(window.outages(NOON)).isEmpty();
    }

    @Test
    void a_rule_without_a_share_is_refused() {
        assertThatThrownBy(() -> new OutageRule(0, Duration.ofMinutes(1), 20))
                .hasMessageContaining("expected: 1 to 100");
    }

    private void note(int times, Optional<Cause> cause, Instant at) {
        for (var i = 0; i < times; i++) {
            window.note("stripe/main", cause, at);
        }
    }
}
