package ipn.processor.silence;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Streams with rates from one a day to three a second, with cycles, nights, weekends and bursts. A usual gap is one that is exceeded once in a hundred
 * times by whoever waits at that hour: of independent notifications, 4.6 mean gaps. Three mean gaps would be no silence: one gap in twenty is longer.
 */
class SilenceTrialTest {
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = 2)
    void a_mute_is_noticed_within_three_usual_gaps_and_there_is_no_alarm_without_one(long seed) {
        var trial = SilenceTrial.of(seed, 10, 0.02, 8);
        assertThat(trial.delay(0.9)).isLessThan(3);
        assertThat(trial.falseAlarmsPerStreamMonth()).isLessThanOrEqualTo(1);
    }

    @Tag("long")
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {16, 17})
    void so_it_is_of_sixty_streams(long seed) {
        var trial = SilenceTrial.of(seed, 60, 3, 20);
        System.out.printf(
                "seed %d: delay p50 %.2f, p95 %.2f, worst %.2f usual gaps; %.3f false alarms per stream-month%n",
                seed, trial.delay(0.5), trial.delay(0.95), trial.delay(1), trial.falseAlarmsPerStreamMonth());
        assertThat(trial.delay(0.95)).isLessThan(3);
        assertThat(trial.falseAlarmsPerStreamMonth()).isLessThanOrEqualTo(1);
    }

    /** A shop that is closed at night: after the change, its day begins an hour later or earlier than it did. */
    @ParameterizedTest
    @ValueSource(ints = {-1, 1})
    void a_change_of_the_clocks_is_no_silence(int hours) {
        var shop = new SimulatedStream(5_000, 1, 0.2, 1, 6);
        assertThat(SilenceTrial.alarmsAfterClockChange(shop, 3, Duration.ofHours(hours)))
                .isZero();
    }

    @Test
    void a_weekend_without_notifications_is_no_silence_once_it_was_seen() {
        var office = new SimulatedStream(2_000, 1, 0.3, 0, 6);
        assertThat(SilenceTrial.alarmsAfterClockChange(office, 4, Duration.ZERO))
                .isZero();
    }
}
