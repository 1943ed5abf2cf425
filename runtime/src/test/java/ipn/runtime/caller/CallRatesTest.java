package ipn.runtime.caller;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CallRatesTest {
    private final CallRates rates = new CallRates(10);

    private long allowed(String caller, long atMillis) {
        return IntStream.range(0, 100)
                .filter(i -> rates.allows(caller, TimeUnit.MILLISECONDS.toNanos(atMillis)))
                .count();
    }

    @Test
    void a_caller_may_ask_as_often_as_the_rate_allows_and_does_not_delay_others() {
        assertThat(allowed("a", 0)).isEqualTo(10);
        assertThat(allowed("a", 50)).isZero();
        assertThat(allowed("b", 50)).isEqualTo(10);
        assertThat(allowed("a", 300)).isEqualTo(3);
        assertThat(allowed("a", 60_000)).as("idle time is not saved").isEqualTo(10);
    }
}
