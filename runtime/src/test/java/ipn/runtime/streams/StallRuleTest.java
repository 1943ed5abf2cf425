package ipn.runtime.streams;

import static org.assertj.core.api.Assertions.assertThat;

import ipn.runtime.streams.StallRule.Verdict;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class StallRuleTest {
    private final StallRule rule = new StallRule(Duration.ofSeconds(30), 0);

    @Test
    void a_stage_that_moves_has_not_stalled() {
        assertThat(judge(29, true, 100)).isEqualTo(Verdict.MOVES);
        assertThat(judge(0, true, 101)).isEqualTo(Verdict.MOVES);
    }

    @Test
    void at_the_bound_its_clients_are_replaced_and_it_has_stalled_until_it_moves() {
        assertThat(judge(30, true, 30)).isEqualTo(Verdict.REPLACE);
        assertThat(judge(1, false, 31)).isEqualTo(Verdict.STALLED);
        assertThat(judge(2, true, 32)).isEqualTo(Verdict.MOVES);
    }

    @Test
    void they_are_replaced_less_and_less_often() {
        assertThat(judge(30, true, 30)).isEqualTo(Verdict.REPLACE);
        assertThat(judge(59, false, 89)).isEqualTo(Verdict.STALLED);
        assertThat(judge(60, false, 90)).isEqualTo(Verdict.REPLACE);
        assertThat(judge(119, false, 209)).isEqualTo(Verdict.STALLED);
        assertThat(judge(120, false, 210)).isEqualTo(Verdict.REPLACE);
    }

    @Test
    void after_a_longer_run_the_next_stall_is_the_first_again() {
        assertThat(judge(30, true, 30)).isEqualTo(Verdict.REPLACE);
        assertThat(judge(0, true, 100)).isEqualTo(Verdict.MOVES);
        assertThat(judge(30, true, 130)).isEqualTo(Verdict.STALLED);
        assertThat(judge(60, true, 150)).isEqualTo(Verdict.REPLACE);
        assertThat(judge(0, true, 1_000)).isEqualTo(Verdict.MOVES);
        assertThat(judge(30, true, 1_030)).isEqualTo(Verdict.REPLACE);
    }

    private Verdict judge(int withoutSeconds, boolean moved, int nowSeconds) {
        return rule.judge(
                Duration.ofSeconds(withoutSeconds).toNanos(),
                moved,
                Duration.ofSeconds(nowSeconds).toNanos());
    }
}
