package ipn.runtime.traces;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SpanRateTest {
    private static final long SECOND = 1_000_000_000L;

    private final SpanRate rate = new SpanRate(10);

    private long allowed(boolean ofShare, long nanos) {
        return IntStream.range(0, 100)
                .filter(each -> rate.allows(ofShare, nanos))
                .count();
    }

    @Test
    void a_second_has_its_number_of_spans() {
        assertThat(allowed(true, 5 * SECOND)).isEqualTo(10);
        assertThat(allowed(true, 6 * SECOND - 1)).isZero();
        assertThat(allowed(true, 6 * SECOND)).isEqualTo(10);
        assertThat(allowed(true, -1)).isEqualTo(10);
    }

    @Test
    void failures_leave_half_to_the_share_of_all() {
        assertThat(allowed(false, 0)).isEqualTo(5);
        assertThat(allowed(true, 1)).isEqualTo(5);
        assertThat(allowed(false, 2)).isZero();
    }
}
