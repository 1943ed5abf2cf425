package ipn.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class GoalTest {
    @Test
    void a_value_that_is_to_be_large_is_met_from_the_bound_upwards() {
        var goal = Goal.atLeast(0.7, 0.9);

        assertThat(goal.verdict(0.69)).isEqualTo(Goal.Verdict.MISSED);
        assertThat(goal.verdict(0.7)).isEqualTo(Goal.Verdict.MET);
        assertThat(goal.verdict(0.9)).isEqualTo(Goal.Verdict.AIM_REACHED);
    }

    @Test
    void a_value_that_is_to_be_small_is_met_from_the_bound_downwards() {
        var goal = Goal.atMost(3, 1.5);

        assertThat(goal.verdict(3.01)).isEqualTo(Goal.Verdict.MISSED);
        assertThat(goal.verdict(3)).isEqualTo(Goal.Verdict.MET);
        assertThat(goal.verdict(1.5)).isEqualTo(Goal.Verdict.AIM_REACHED);
    }

    @Test
    void better_is_more_than_once_in_both_directions() {
        assertThat(Goal.atLeast(0.5, 1).timesBetter(1)).isEqualTo(2);
        assertThat(Goal.atMost(50, 10).timesBetter(25)).isEqualTo(2);
        assertThat(Goal.atMost(50, 10).timesBetter(100)).isCloseTo(0.5, within(1e-9));
    }

    @Test
    void a_text_names_the_aim_only_if_it_is_another_value() {
        assertThat(Goal.atLeast(0.7, 0.9).text()).isEqualTo("must be at least 0.7, aim 0.9");
        assertThat(Goal.atMost(50, 50).text()).isEqualTo("must be at most 50");
    }
}
