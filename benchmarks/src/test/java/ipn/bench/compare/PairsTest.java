package ipn.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PairsTest {
    @Test
    void a_ratio_compares_the_two_rounds_of_a_pair() {
        // medians of each side would give 20 : 20
        var pairs = new Pairs<>(
                List.of(Map.of("a", 10.0, "b", 20.0), Map.of("a", 20.0, "b", 10.0), Map.of("a", 40.0, "b", 80.0)));

        assertThat(pairs.ratios("a", "b", value -> value)).isEqualTo(new Spread(0.5, 0.5, 2));
        assertThat(pairs.spread("a", value -> value)).isEqualTo(new Spread(20, 10, 40));
    }

    @Test
    void sides_take_turns_to_be_the_first_of_a_pair() {
        assertThat(Pairs.orders(List.of("a", "b", "c"), 3))
                .containsExactly(List.of("a", "b", "c"), List.of("c", "b", "a"), List.of("a", "b", "c"));
    }

    @Test
    void a_pair_without_a_round_of_a_side_has_no_ratio() {
        var pairs = new Pairs<>(List.of(Map.of("a", 10.0)));

        assertThatThrownBy(() -> pairs.ratios("a", "b", value -> value)).hasMessageContaining("no round of b");
    }
}
