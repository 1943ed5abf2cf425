package ipn.processor.deferred;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BatchSizeTest {
    private final BatchSize size = new BatchSize(0);
    private long now;
    private long last;

    @ParameterizedTest(name = "{0} per second")
    @ValueSource(ints = {500, 1_000, 10_000})
    void a_batch_becomes_as_large_as_fits_into_twice_what_a_small_one_takes(int perSecond) {
        move(60, records -> 100 + records * 1_000.0 / perSecond);

        var usual = 100 + BatchSize.MIN * 1_000.0 / perSecond;
        assertThat(size.current()).isBetween(perSecond / 12, perSecond / 10 + 40);
        assertThat(TimeUnit.NANOSECONDS.toMillis(last)).isBetween((long) usual, (long) (2.2 * usual));
    }

    @Test
    void it_becomes_small_while_purchases_are_too_many() {
        move(60, records -> 100 + records / 10.0);
        assertThat(size.current()).isGreaterThan(400);

        move(20, records -> 2_000);

        assertThat(size.current()).isEqualTo(BatchSize.MIN);
    }

    @Test
    void purchases_that_are_too_many_do_not_make_batches_larger() {
        move(60, records -> 100);
        move(20, records -> 2_000);

        move(60, records -> 250);

        assertThat(size.current()).isEqualTo(BatchSize.MIN);
    }

    @Test
    void stages_that_are_slower_for_some_minutes_do() {
        move(60, records -> 100);
        for (var period = 0; period < 3; period++) {
            now += TimeUnit.MINUTES.toNanos(6);
            move(20, records -> 250);
        }

        assertThat(size.current()).isGreaterThan(BatchSize.MIN);
    }

    @Test
    void a_slow_start_counts_for_one_batch() {
        size.passed(BatchSize.MIN, TimeUnit.SECONDS.toNanos(5), now);
        move(60, records -> 100 + records / 1.0);

        assertThat(TimeUnit.NANOSECONDS.toMillis(last)).isLessThan(250);
    }

    @Test
    void it_does_not_grow_while_fewer_records_wait() {
        for (var batch = 0; batch < 50; batch++) {
            size.passed(3, TimeUnit.MILLISECONDS.toNanos(100), now);
        }

        assertThat(size.current()).isEqualTo(BatchSize.MIN);
    }

    @Test
    void what_comes_after_a_pause_begins_with_a_small_batch() {
        move(60, records -> 100);
        assertThat(size.current()).isGreaterThan(BatchSize.MIN);

        size.reset();

        assertThat(size.next()).isEqualTo(BatchSize.MIN);
    }

    @Test
    void it_has_a_bound() {
        move(200, records -> 100);

        assertThat(size.current()).isEqualTo(BatchSize.MAX);
    }

    private interface Stages {
        double millis(int records);
    }

    private void move(int batches, Stages stages) {
        for (var batch = 0; batch < batches; batch++) {
            var records = size.next();
            var took = (long) (stages.millis(records) * 1_000_000);
            now += took;
            size.passed(records, took, now);
            last = records > BatchSize.MIN ? took : last;
        }
    }
}
