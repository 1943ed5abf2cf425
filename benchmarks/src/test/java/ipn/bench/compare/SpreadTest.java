package ipn.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class SpreadTest {
    @Test
    void the_median_of_an_odd_number_of_values_is_the_middle_one() {
        assertThat(Spread.over(List.of(9.0, 1.0, 4.0))).isEqualTo(new Spread(4, 1, 9));
    }

    @Test
    void the_median_of_an_even_number_of_values_is_the_mean_of_the_two_in_the_middle() {
        assertThat(Spread.over(List.of(8.0, 1.0, 4.0, 2.0))).isEqualTo(new Spread(3, 1, 8));
    }

    @Test
    void a_text_has_the_median_and_the_range() {
        assertThat(new Spread(0.349, 0.3, 1).text(2)).isEqualTo("0.35 (0.30 to 1.00)");
    }

    @Test
    void no_values_have_no_median() {
        assertThatThrownBy(() -> Spread.over(List.of())).hasMessageContaining("expected: at least one");
    }
}
