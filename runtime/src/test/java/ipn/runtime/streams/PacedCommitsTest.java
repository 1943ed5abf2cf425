package ipn.runtime.streams;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PacedCommitsTest {
    private static final Duration LONG = Duration.ofMillis(100);

    private long now = TimeUnit.HOURS.toNanos(1);
    private final PacedCommits commits = new PacedCommits(() -> now);
    private final AtomicInteger first = new AtomicInteger();
    private final AtomicInteger second = new AtomicInteger();
    private final Runnable commitFirst = first::incrementAndGet;
    private final Runnable commitSecond = second::incrementAndGet;

    @Test
    void a_thread_without_anything_to_commit_waits_for_records() {
        assertThat(commits.beforePoll(LONG)).isEqualTo(LONG);
        commits.afterPoll(0);
        assertThat(first).hasValue(0);
    }

    @Test
    void what_arrived_alone_is_committed_before_the_next_wait() {
        commits.processed(commitFirst);
        assertThat(commits.beforePoll(LONG)).isZero();
        assertThat(first).hasValue(1);
        assertThat(second).as("a task without records").hasValue(0);
    }

    @Test
    void after_a_commit_the_thread_waits_for_more_before_the_next_one() {
        commit(8);
        commits.processed(commitFirst);
        commits.processed(commitSecond);
        var wait = commits.beforePoll(LONG);
        assertThat(wait).isPositive().isLessThanOrEqualTo(Duration.ofMillis(16));
        assertThat(first).hasValue(0);
        commits.afterPoll(0);
        assertThat(first).as("too early").hasValue(0);

        now += wait.toNanos();
        commits.afterPoll(0);
        assertThat(first).hasValue(1);
        assertThat(second).hasValue(1);
    }

    @Test
    void a_wait_is_never_negative_also_where_the_thread_is_held_up_between_two_looks_at_the_clock() {
        for (var millis = 1; millis < 60; millis++) {
            var step = Duration.ofMillis(millis).toNanos();
            var slow = new PacedCommits(() -> now += step);
            slow.spend(() -> now += Duration.ofMillis(8).toNanos());
            slow.ended();
            slow.processed(commitFirst);
            assertThat(slow.beforePoll(LONG)).isGreaterThanOrEqualTo(Duration.ZERO);
        }
    }

    @Test
    void records_that_arrive_one_by_one_are_fetched_together_shortly_before_the_next_commit() {
        commit(80);
        commits.processed(commitFirst);
        commits.afterPoll(1);
        assertThat(commits.pause(LONG)).isEqualTo(Duration.ofMillis(35));
        assertThat(commits.pause(Duration.ofMillis(3))).as("of Kafka Streams").isEqualTo(Duration.ofMillis(3));

        now += Duration.ofMillis(35).toNanos();
        assertThat(commits.pause(LONG)).isZero();
        assertThat(commits.beforePoll(LONG)).isEqualTo(Duration.ofMillis(5));
        assertThat(first).as("too early").hasValue(0);
    }

    @Test
    void a_thread_never_pauses_before_records_that_nobody_has_processed_yet() {
        commit(80);
        commits.afterPoll(1);
        assertThat(commits.pause(LONG)).as("nothing to commit").isZero();
        commits.processed(commitFirst);
        commits.afterPoll(500);
        assertThat(commits.pause(LONG)).as("more has probably arrived").isZero();
    }

    @Test
    void a_wait_is_never_longer_than_that_of_kafka_streams() {
        commit(40);
        commits.processed(commitFirst);
        assertThat(commits.beforePoll(Duration.ofMillis(1))).isEqualTo(Duration.ofMillis(1));
    }

    @Test
    void a_postponed_commit_is_requested_again_without_spinning() {
        commits.processed(commitFirst);
        assertThat(commits.beforePoll(LONG)).isZero();
        assertThat(commits.beforePoll(LONG)).isBetween(Duration.ofMillis(5), Duration.ofMillis(20));
        assertThat(commits.beforePoll(Duration.ZERO)).isZero();
        assertThat(first).hasValue(3);
    }

    @Test
    void a_task_that_is_gone_is_not_committed() {
        commits.processed(commitFirst);
        commits.closed(commitFirst);
        assertThat(commits.beforePoll(LONG)).isEqualTo(LONG);
        assertThat(first).hasValue(0);
    }

    private void commit(long millis) {
        commits.spend(() -> now += TimeUnit.MILLISECONDS.toNanos(millis));
        commits.ended();
    }
}
