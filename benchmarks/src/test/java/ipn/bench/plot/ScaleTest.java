package ipn.bench.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ipn.bench.results.Chart.Spacing;
import org.junit.jupiter.api.Test;

class ScaleTest {
    private static final double[] VALUES = {3, 42};

    @Test
    void a_linear_axis_begins_at_zero_and_ends_at_a_round_number() {
        var scale = Scale.over(Spacing.LINEAR, VALUES, 0, 100);

        assertThat(scale.ticks()).containsExactly(0.0, 10.0, 20.0, 30.0, 40.0, 50.0);
        assertThat(scale.position(25)).isEqualTo(50);
    }

    @Test
    void a_logarithmic_axis_has_equal_distances_for_equal_ratios() {
        var scale = Scale.over(Spacing.LOGARITHMIC, VALUES, 0, 100);

        assertThat(scale.from()).isEqualTo(2);
        assertThat(scale.to()).isEqualTo(50);
        assertThat(scale.ticks()).containsExactly(2.0, 5.0, 10.0, 20.0, 50.0);
        assertThat(scale.position(10)).isCloseTo(50, within(1e-9));
    }

    @Test
    void an_axis_of_percentiles_has_equal_distances_for_90_99_and_99_9() {
        var scale = Scale.over(Spacing.PERCENTILES, new double[] {0, 99.9}, 0, 300);

        assertThat(scale.ticks()).containsExactly(0.0, 50.0, 90.0, 99.0, 99.9);
        assertThat(scale.position(90)).isCloseTo(100, within(1e-9));
        assertThat(scale.position(99)).isCloseTo(200, within(1e-9));
    }

    @Test
    void an_axis_can_point_down() {
        assertThat(new Scale(Spacing.LINEAR, 0, 10, 100, 0).position(1)).isEqualTo(90);
    }

    @Test
    void texts_of_ticks_have_no_needless_digits() {
        assertThat(Scale.label(0.05)).isEqualTo("0.05");
        assertThat(Scale.label(99.9)).isEqualTo("99.9");
        assertThat(Scale.label(20)).isEqualTo("20");
        assertThat(Scale.label(12_000)).isEqualTo("12,000");
    }
}
