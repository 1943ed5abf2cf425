package ipn.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class FigureTableTest {
    private final Figure speed = Figure.named("per second")
            .with("a", new Spread(40, 30, 50), 0)
            .with("b", new Spread(80, 80, 80), 0)
            .withRatio("a", "b", new Spread(0.5, 0.4, 0.6));

    @Test
    void a_line_has_the_values_of_all_sides_and_what_became_of_the_goal() {
        var lines = FigureTable.lines(List.of(speed.withGoal("a : b", Goal.atLeast(0.7, 0.9))));

        assertThat(lines.get(0)).containsSubsequence("median (range)", "a", "b", "a : b", "goal");
        assertThat(lines.get(1))
                .containsSubsequence(
                        "per second",
                        "40 (30 to 50)",
                        "80",
                        "0.50 (0.40 to 0.60)",
                        "a : b must be at least 0.7, aim 0.9: missed");
    }

    @Test
    void a_goal_of_a_value_that_the_figure_lacks_is_refused() {
        assertThatThrownBy(() -> speed.withGoal("a : c", Goal.atLeast(1, 1)))
                .hasMessageContaining("expected: a value of per second");
    }
}
