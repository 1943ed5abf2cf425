package ipn.polling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PollingTest {
    private final AtomicInteger checks = new AtomicInteger();
    private final Polling polling = Polling.upTo(Duration.ofMillis(50)).every(Duration.ofMillis(1));

    @Test
    void it_returns_as_soon_as_the_condition_holds() {
        assertThat(Polling.upTo(Duration.ofMinutes(5)).until(() -> checks.incrementAndGet() == 3))
                .isTrue();
        assertThat(checks).hasValue(3);
    }

    @Test
    void it_returns_false_at_the_timeout() {
        var begun = System.nanoTime();
        assertThat(polling.until(() -> checks.incrementAndGet() < 0)).isFalse();
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThanOrEqualTo(Duration.ofMillis(50));
        assertThat(checks.get()).isGreaterThan(1);
    }

    @Test
    void a_timeout_of_zero_still_checks_once() {
        assertThat(Polling.upTo(Duration.ZERO).until(() -> true)).isTrue();
    }

    @Test
    void the_timeout_starts_anew_with_each_progress() {
        var begun = System.nanoTime();
        var progressUntil = Duration.ofMillis(300);
        assertThat(polling.until(() -> false, () -> Math.min(System.nanoTime() - begun, progressUntil.toNanos())))
                .isFalse();
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(progressUntil);
    }

    @Test
    void an_interrupted_thread_stops_waiting_and_stays_interrupted() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> polling.until(() -> false)).isInstanceOf(CancellationException.class);
        assertThat(Thread.interrupted()).isTrue();
    }
}
