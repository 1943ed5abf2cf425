package ipn.runtime.streams;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class CommitPaceTest {
    private long now = -TimeUnit.DAYS.toNanos(1);
    private final CommitPace pace = new CommitPace(now);

    @Test
    void the_first_commit_does_not_wait() {
        assertThat(pace.remaining(now)).isNotPositive();
    }

    @Test
    void a_thread_works_twice_as_long_as_its_commits_take() {
        for (var i = 0; i < 100; i++) {
            commit(8);
        }
        assertThat(remainingMillis()).isBetween(15L, 16L);
        now += TimeUnit.MILLISECONDS.toNanos(16);
        assertThat(pace.remaining(now)).isNotPositive();
    }

    @Test
    void one_slow_commit_does_not_slow_down_the_thread() {
        for (var i = 0; i < 20; i++) {
            commit(2);
        }
        commit(22);
        assertThat(remainingMillis()).isBetween(4L, 15L);
        for (var i = 0; i < 20; i++) {
            commit(2);
        }
        assertThat(remainingMillis()).isBetween(3L, 5L);
    }

    @Test
    void a_thread_whose_commits_take_long_waits_for_a_bounded_time() {
        for (var i = 0; i < 100; i++) {
            commit(60_000);
        }
        assertThat(remainingMillis()).isEqualTo(50);
    }

    private void commit(long millis) {
        now += TimeUnit.MILLISECONDS.toNanos(millis);
        pace.committed(TimeUnit.MILLISECONDS.toNanos(millis), now);
    }

    private long remainingMillis() {
        return TimeUnit.NANOSECONDS.toMillis(pace.remaining(now));
    }
}
