package ipn.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RateLimitTest {
    private static final long SECOND = 1_000_000_000L;

    @ParameterizedTest
    @ValueSource(longs = {0, Long.MAX_VALUE - SECOND, Long.MIN_VALUE})
    void a_burst_then_so_many_a_second_wherever_the_clock_stands(long start) {
        var limit = new RateLimit(10, 1, start);
        assertThat(allowed(limit, start, 0)).isEqualTo(10);
        assertThat(allowed(limit, start, SECOND / 2)).isEqualTo(5);
        assertThat(allowed(limit, start, SECOND * 60)).isEqualTo(10);
    }

    @Test
    void the_burst_is_never_less_than_the_least() {
        assertThat(allowed(new RateLimit(5, 20, 0), 0, 0)).isEqualTo(20);
    }

    @Test
    void a_clock_set_back_holds_it_up_no_longer_than_a_second() {
        var limit = RateLimit.of(10);
        var now = Instant.parse("2026-09-01T12:00:00.5Z");
        assertThat(allowed(limit, now)).isEqualTo(10);
        assertThat(allowed(limit, now.minus(Duration.ofHours(1)))).isZero();
        assertThat(allowed(limit, now.minus(Duration.ofHours(1)).plusMillis(500)))
                .isEqualTo(5);
        assertThat(allowed(limit, now.plus(Duration.ofHours(1)))).isEqualTo(10);
    }

    private static long allowed(RateLimit limit, Instant now) {
        return LongStream.range(0, 100).filter(i -> limit.allows(now)).count();
    }

    @Test
    void zero_is_no_limit() {
        assertThat(allowed(new RateLimit(0, 1, 0), 0, 0)).isEqualTo(100);
    }

    private static long allowed(RateLimit limit, long start, long later) {
        return LongStream.range(0, 100).filter(i -> limit.allows(start + later)).count();
    }
}
