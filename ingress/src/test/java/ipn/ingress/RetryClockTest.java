package ipn.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.simple.SimpleConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import ipn.gateway.Item;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RetryClockTest {
    private static final Duration THREE_DAYS = Duration.ofDays(3);

    private Duration now = Duration.ofDays(20_000);
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry(SimpleConfig.DEFAULT, new Clock() {
        @Override
        public long wallTime() {
            return now.toMillis();
        }

        @Override
        public long monotonicTime() {
            return now.toNanos();
        }
    });
    private final RetryClock clock = new RetryClock(registry, "test", "main", Optional.of(THREE_DAYS)).show();

    private void pass(Duration time) {
        now = now.plus(time);
    }

    private Duration left(int status) {
        return Duration.ofSeconds((long) clock.left(status));
    }

    @Test
    void nothing_was_refused() {
        clock.note("acknowledged");
        assertThat(clock.left(503)).isNaN();
        assertThat(clock.left(401)).isNaN();
    }

    @Test
    void the_time_counts_from_the_first_refusal() {
        clock.note("unpublished");
        pass(Duration.ofHours(1));
        clock.note("busy");
        assertThat(left(503)).isEqualTo(Duration.ofHours(71));
        assertThat(clock.left(401)).isNaN();
        pass(Duration.ofHours(100));
        assertThat(clock.left(503)).isZero();
    }

    @Test
    void what_is_acknowledged_beside_refusals_does_not_end_it() {
        clock.note("unpublished");
        for (var i = 0; i < 10; i++) {
            pass(Duration.ofMinutes(50));
            clock.note("acknowledged");
            clock.note("overdue");
        }
        assertThat(left(503)).isEqualTo(THREE_DAYS.minusMinutes(500));
    }

    @Test
    void it_ends_an_hour_after_the_last_refusal_if_notifications_are_acknowledged() {
        clock.note("unpublished");
        pass(Duration.ofHours(5));
        assertThat(left(503)).isEqualTo(Duration.ofHours(67));
        clock.note("acknowledged");
        assertThat(clock.left(503)).isNaN();
        clock.note("unpublished");
        assertThat(left(503)).isEqualTo(THREE_DAYS);
    }

    @Test
    void with_an_authentic_notification_the_secret_is_right() {
        clock.note("not_authentic");
        pass(Duration.ofHours(1));
        assertThat(left(401)).isEqualTo(Duration.ofHours(71));
        clock.note("acknowledged");
        assertThat(clock.left(401)).isNaN();
    }

    @Test
    void of_some_gateways_nobody_knows_when_they_give_up() {
        var other = new RetryClock(registry, "test", "other", Optional.empty());
        other.note("unpublished");
        assertThat(other.left(503)).isNaN();
    }

    @Test
    void other_responses_are_no_refusals_that_a_gateway_would_send_again_for_our_fault() {
        List.of("gone", "too_large", "bad_request", "too_slow").forEach(clock::note);
        assertThat(clock.left(503)).isNaN();
        assertThat(clock.left(401)).isNaN();
    }

    private double unstored() {
        return registry.get("ipn.ingress.unstored").gauge().value();
    }

    @Test
    void notifications_that_are_not_stored_count_once_until_they_are() {
        var stripe = Payments.account();
        var first = Payments.paid("evt_1", "pi_1", 1_000);
        var second = Payments.paid("evt_2", "pi_2", 250);
        var items = stripe.identify(first);
        clock.notStored(stripe, first, items);
        clock.note("unpublished");
        clock.notStored(stripe, first, items);
        clock.note("unpublished");
        clock.notStored(stripe, second, stripe.identify(second));
        assertThat(unstored()).isEqualTo(2);
        var again = Payments.paid("evt_3", "pi_2", 250);
        clock.notStored(stripe, again, stripe.identify(again));
        assertThat(money()).isEqualTo(12.50);

        clock.stored(items);
        assertThat(unstored()).isEqualTo(2);
        assertThat(money()).isEqualTo(2.50);
    }

    private double money() {
        return registry.get("ipn.ingress.unstored.money")
                .tags("gateway", "test", "account", "main", "currency", "EUR")
                .gauge()
                .value();
    }

    @Test
    void memory_is_bounded_and_a_body_that_cannot_be_translated_counts_without_money() {
        var stripe = Payments.account();
        var broken = Payments.delivery("{");
        for (var i = 0; i < 2 * Unstored.MAX; i++) {
            clock.notStored(stripe, broken, List.of(new Item(0, "p" + i, "e" + i, "t")));
        }
        assertThat(unstored()).isEqualTo(Unstored.MAX);
        assertThat(registry.find("ipn.ingress.unstored.money").gauges()).isEmpty();
    }
}
