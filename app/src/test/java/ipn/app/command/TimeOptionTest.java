package ipn.app.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ipn.app.UserException;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeOptionTest {
    private static final Instant NOW = Instant.parse("2026-09-10T12:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "2026-09-01T10:30:00Z, 2026-09-01T10:30:00Z",
        "2026-09-01, 2026-09-01T00:00:00Z",
        "P7D, 2026-09-03T12:00:00Z",
        "PT12H, 2026-09-10T00:00:00Z"
    })
    void a_range_starts_at_a_time_or_a_day_or_a_duration_before_now(String text, Instant expected) {
        assertThat(TimeOption.start("--since", text, NOW)).isEqualTo(expected);
    }

    @Test
    void a_range_includes_the_day_at_its_end() {
        assertThat(TimeOption.end("--until", "2026-09-01", NOW)).isEqualTo("2026-09-01T23:59:59.999Z");
        assertThat(TimeOption.end("--until", "2026-09-01T10:30:00Z", NOW)).isEqualTo("2026-09-01T10:30:00Z");
    }

    @ParameterizedTest
    @ValueSource(strings = {"yesterday", "2026-9-1", "2026-13-01", "P1M", ""})
    void any_other_text_is_refused_with_the_expected_forms(String text) {
        assertThatThrownBy(() -> TimeOption.start("--since", text, NOW))
                .isInstanceOf(UserException.class)
                .hasMessageStartingWith("--since: " + text + " (expected: a ");
    }
}
