package ipn.app.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class AgeTest {
    @Test
    void an_age_is_shown_in_its_largest_unit() {
        assertThat(Age.text(Duration.ofDays(40))).isEqualTo("40 d");
        assertThat(Age.text(Duration.ofMinutes(90))).isEqualTo("1 h");
        assertThat(Age.text(Duration.ofSeconds(61))).isEqualTo("1 min");
        assertThat(Age.text(Duration.ofSeconds(-1))).isEqualTo("0 s");
    }
}
