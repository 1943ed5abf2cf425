package ipn.gateway.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ipn.topics.Reason;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimesTest {
    private static final Instant RECEIVED_AT = Instant.parse("2026-09-01T12:00:00Z");
    private static final Times TIMES = new Times(RECEIVED_AT);

    @Test
    void an_event_lies_between_the_year_2000_and_two_days_ahead() {
        var last = RECEIVED_AT.plus(Duration.ofHours(48));
        assertThat(TIMES.occurred(last, "/t")).isEqualTo(last);
        assertThat(TIMES.occurred(Instant.parse("2000-01-01T00:00:00Z"), "/t")).isEqualTo("2000-01-01T00:00:00Z");
        outOfRange(last.plusMillis(1));
        outOfRange(Instant.parse("1999-12-31T23:59:59.999Z"));
        outOfRange(Instant.MAX);
        outOfRange(Instant.MIN);
    }

    @Test
    void a_time_counts_to_the_millisecond() {
        assertThat(TIMES.occurred(Instant.parse("2026-09-01T12:00:00.123999Z"), "/t"))
                .isEqualTo("2026-09-01T12:00:00.123Z");
    }

    @ParameterizedTest
    @CsvSource({
        "1788264000, 2026-09-01T12:00:00Z",
        "1788264000.0, 2026-09-01T12:00:00Z",
        "'\"2026-09-01T12:00:00Z\"', 2026-09-01T12:00:00Z",
        "'\"2026-09-01T14:00:00.5+02:00\"', 2026-09-01T12:00:00.500Z"
    })
    void a_time_is_seconds_or_iso_text(String json, Instant time) {
        assertThat(Times.isoOrSeconds(field(json))).isEqualTo(time);
    }

    @ParameterizedTest
    @CsvSource({
        "1788264000.5, INVALID_TIME",
        "'\"yesterday\"', INVALID_TIME",
        "'\"\"', INVALID_TIME",
        "true, INVALID_TIME",
        "'\"2026-09-01 12:00:00\"', INVALID_TIME",
        "'\"2026-13-01T12:00:00Z\"', INVALID_TIME",
        "1E1000000000, TIME_OUT_OF_RANGE",
        "-1E1000000000, TIME_OUT_OF_RANGE",
        "9223372036854775808, TIME_OUT_OF_RANGE",
        "1788264000000000, TIME_OUT_OF_RANGE",
        "null, MISSING_FIELD"
    })
    void what_is_no_time_is_refused(String json, Reason reason) {
        assertThatThrownBy(() -> Times.isoOrSeconds(field(json)))
                .isInstanceOfSatisfying(
                        RefusedException.class, e -> assertThat(e.reason()).isEqualTo(reason));
    }

    private static JsonField field(String json) {
        return StrictJson.read(Bytes.utf8("{\"t\":" + json + "}")).at("t");
    }

    private static void outOfRange(Instant time) {
        assertThatThrownBy(() -> TIMES.occurred(time, "/t"))
                .isInstanceOfSatisfying(
                        RefusedException.class, e -> assertThat(e.reason()).isEqualTo(Reason.TIME_OUT_OF_RANGE));
    }
}
