package ipn.projector.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ToleranceTest {
    @ParameterizedTest(name = "{2} of {3}, {0} % less and {1} % more allowed: {4}")
    @CsvSource(textBlock = """
                    0,   0,   800,                 800,                 0
                    0,   0,   799,                 800,                 -1
                    0,   0,   801,                 800,                 1
                    0,   20,  960,                 800,                 0
                    0,   20,  961,                 800,                 1
                    0,   20,  799,                 800,                 -1
                    5,   0,   760,                 800,                 0
                    5,   0,   759,                 800,                 -1
                    5,   0,   801,                 800,                 1
                    1,   1,   99,                  99,                  0
                    1,   1,   98,                  99,                  -1
                    100, 0,   0,                   800,                 0
                    0,   0,   0,                   0,                   0
                    0,   100, 1,                   0,                   1
                    0,   0,   9223372036854775806, 9223372036854775807, -1
                    0,   0,   9223372036854775807, 9223372036854775806, 1
                    """)
    void an_amount_matches_within_whole_percent_of_what_was_expected(
            int under, int over, long paid, long expected, int compared) {
        assertThat(new Tolerance(under, over).compare(paid, expected)).isEqualTo(compared);
    }
}
