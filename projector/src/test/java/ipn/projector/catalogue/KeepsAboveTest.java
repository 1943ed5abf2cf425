package ipn.projector.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeepsAboveTest {
    @ParameterizedTest(name = "{0} percent: {2} of {1} back")
    @CsvSource(textBlock = """
                    50,  2500,                0,                   true
                    50,  2500,                1250,                true
                    50,  2500,                1251,                false
                    50,  2500,                2500,                false
                    50,  2500,                9999,                false
                    50,  1,                   0,                   true
                    50,  0,                   0,                   true
                    50,  0,                   1,                   false
                    0,   2500,                2499,                true
                    0,   2500,                2500,                false
                    100, 2500,                0,                   true
                    100, 2500,                1,                   false
                    50,  9223372036854775807, 4611686018427387903, true
                    50,  9223372036854775807, 4611686018427387904, false
                    """)
    void access_lasts_while_enough_of_what_was_paid_remains(int percent, long paid, long back, boolean enough) {
        assertThat(new KeepsAbove(percent).isEnough(paid, back)).isEqualTo(enough);
    }
}
