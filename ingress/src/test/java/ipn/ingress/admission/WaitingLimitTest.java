package ipn.ingress.admission;

import static org.assertj.core.api.Assertions.assertThat;

import ipn.ingress.admission.WaitingLimit.Window;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class WaitingLimitTest {
    private static final int PER_SECOND = 10_000;
    /** Of 10 a millisecond, in the 5 ms that Kafka needs and the target of 100 ms. */
    private static final int LIMIT = 1_050;

    private final WaitingLimit limit = new WaitingLimit();

    @Test
    void when_more_stay_waiting_as_many_may_as_kafka_stores_in_the_time_it_needs_and_the_target() {
        calm(PER_SECOND, 5);
        assertThat(overload(LIMIT)).isEqualTo(LIMIT);
    }

    /** Clients with 3,000 connections, on each of which a call waits for 244 ms, offer more than Kafka stores. */
    @Test
    void it_is_an_overload_when_all_of_a_few_thousand_connections_wait() {
        calm(12_300, 5);
        assertThat(limit.next(window(12_300, 244, 3_000, false))).isLessThan(3_000);
    }

    @Test
    void a_burst_may_be_larger() {
        calm(PER_SECOND, 5);
        assertThat(limit.next(window(PER_SECOND, 55, LIMIT - 1, false))).isEqualTo(WaitingLimit.MOST);
    }

    @Test
    void it_is_in_force_while_anybody_is_refused_or_half_of_them_wait() {
        calm(PER_SECOND, 5);
        overload(LIMIT);
        assertThat(limit.next(window(PER_SECOND, 55, 0, true))).isEqualTo(LIMIT);
        assertThat(limit.next(window(PER_SECOND, 55, LIMIT / 2, false))).isEqualTo(LIMIT);
        assertThat(limit.next(window(PER_SECOND, 55, LIMIT / 2 - 1, false))).isEqualTo(WaitingLimit.MOST);
    }

    @Test
    void few_may_always_wait() {
        calm(10, 900);
        assertThat(overload(WaitingLimit.LEAST - 1)).isEqualTo(WaitingLimit.MOST);
        for (var i = 0; i < 20; i++) {
            limit.next(window(0, Long.MAX_VALUE, WaitingLimit.LEAST, true));
        }
        assertThat(limit.next(window(0, Long.MAX_VALUE, WaitingLimit.LEAST, true)))
                .isEqualTo(WaitingLimit.LEAST);
    }

    @Test
    void never_more_than_the_queue_before_the_producer_takes() {
        calm(10_000_000, 5);
        assertThat(limit.next(window(10_000_000, 5, WaitingLimit.MOST, true))).isEqualTo(WaitingLimit.MOST);
    }

    @Test
    void the_queue_of_an_overload_does_not_raise_the_limit() {
        calm(PER_SECOND, 5);
        var last = 0;
        for (var i = 0; i < 1_000; i++) {
            last = overload(LIMIT);
        }
        assertThat(last).isEqualTo(LIMIT);
    }

    @Test
    void a_pause_of_less_than_a_second_does_not_lower_the_limit() {
        calm(PER_SECOND, 5);
        for (var i = 0; i < 9; i++) {
            assertThat(limit.next(window(0, Long.MAX_VALUE, LIMIT, true))).isEqualTo(LIMIT);
        }
        assertThat(limit.next(window(0, Long.MAX_VALUE, LIMIT, true))).isEqualTo(WaitingLimit.LEAST);
    }

    @Test
    void a_slow_kafka_is_used_whole_even_if_the_first_seconds_are_an_overload() {
        // stores whatever it is given, each after 200 ms
        var waiting = limit.next(window(0, Long.MAX_VALUE, 0, false));
        for (var i = 0; i < 200; i++) {
            waiting = limit.next(window(waiting * 5, 200, waiting, true));
        }
        assertThat(waiting).isGreaterThan(10_000);
    }

    private void calm(int perSecond, long leastMillis) {
        for (var i = 0; i < 20; i++) {
            assertThat(limit.next(window(perSecond, leastMillis, 10, false))).isEqualTo(WaitingLimit.MOST);
        }
    }

    private int overload(int leastWaiting) {
        return limit.next(window(PER_SECOND, 55, leastWaiting, true));
    }

    /** A tenth of a second. */
    private static Window window(int perSecond, long leastMillis, int leastWaiting, boolean refused) {
        var least = leastMillis == Long.MAX_VALUE ? leastMillis : TimeUnit.MILLISECONDS.toNanos(leastMillis);
        return new Window(TimeUnit.MILLISECONDS.toNanos(100), perSecond / 10, least, leastWaiting, refused);
    }
}
