package ipn.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import ipn.gateway.Source;
import ipn.gateway.Verdict;
import ipn.gateway.Verdict.Throttled;
import ipn.gateway.Verdict.Undecided;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LookUpsTest {
    private static final Instant NOW = Instant.parse("2026-10-01T12:00:00Z");
    private static final Source GATEWAY = new Source("gateway");
    private static final Source STRANGER = new Source("stranger");
    private static final int MANY = 10_000;

    /** Answers of the gateway that are still to come. */
    private final List<CompletableFuture<String>> waiting = new ArrayList<>();

    @Test
    void strangers_get_a_quarter_of_those_in_flight_and_a_proven_client_half_of_them_and_what_strangers_leave() {
        var lookUps = new LookUps(64, MANY);
        lookUps.authentic(GATEWAY, NOW);
        assertThat(started(lookUps, 100, i -> stranger(i), true)).isEqualTo(16);
        assertThat(started(lookUps, 100, i -> GATEWAY, true)).isEqualTo(32);
        assertThat(started(lookUps, 100, i -> STRANGER, true)).isZero();
        var another = new Source("gateway's other address");
        lookUps.authentic(another, NOW);
        assertThat(started(lookUps, 100, i -> another, true)).isEqualTo(16);
    }

    @Test
    void strangers_get_a_quarter_of_the_rate() {
        var lookUps = new LookUps(MANY, 100);
        lookUps.authentic(GATEWAY, NOW);
        assertThat(started(lookUps, 200, i -> stranger(i), true)).isEqualTo(25);
        assertThat(started(lookUps, 200, i -> GATEWAY, true)).isEqualTo(75);
        var later = NOW.plusSeconds(1);
        assertThat(IntStream.range(0, 200)
                        .filter(i -> begins(lookUps, stranger(i), true, later))
                        .count())
                .isEqualTo(25);
    }

    @Test
    void implausible_deliveries_get_an_eighth_even_of_a_proven_client() {
        var lookUps = new LookUps(64, MANY);
        lookUps.authentic(GATEWAY, NOW);
        assertThat(started(lookUps, 100, i -> GATEWAY, false)).isEqualTo(8);
        assertThat(started(lookUps, 100, i -> stranger(i), false)).isZero();
        assertThat(started(lookUps, 100, i -> stranger(i), true)).isEqualTo(8);
    }

    @Test
    void clients_that_were_denied_leave_room_for_new_ones_for_ten_minutes() {
        var lookUps = new LookUps(64, MANY);
        IntStream.range(0, 100).forEach(i -> lookUps.denied(stranger(i), NOW));
        var soon = NOW.plusSeconds(60);
        assertThat(IntStream.range(0, 100)
                        .filter(i -> begins(lookUps, stranger(i), true, soon))
                        .count())
                .isEqualTo(8);
        assertThat(begins(lookUps, GATEWAY, true, soon)).isTrue();
        answerAll();
        var later = NOW.plus(Duration.ofMinutes(10));
        assertThat(IntStream.range(0, 100)
                        .filter(i -> begins(lookUps, stranger(i), true, later))
                        .count())
                .isEqualTo(16);
    }

    @Test
    void a_client_that_is_not_proven_causes_ten_look_ups_then_one_a_second() {
        var lookUps = new LookUps(MANY, MANY);
        assertThat(started(lookUps, 50, i -> STRANGER, true)).isEqualTo(10);
        assertThat(asked(lookUps, STRANGER, true, NOW)).isInstanceOf(Throttled.class);
        assertThat(begins(lookUps, GATEWAY, true, NOW)).as("another client").isTrue();
        assertThat(begins(lookUps, STRANGER, true, NOW.plusSeconds(1))).isTrue();
        assertThat(begins(lookUps, STRANGER, true, NOW.plusSeconds(1))).isFalse();
    }

    @Test
    void a_denied_delivery_costs_as_much_as_two_of_the_ten() {
        var lookUps = new LookUps(MANY, MANY);
        for (var i = 0; i < 5; i++) {
            assertThat(begins(lookUps, STRANGER, true, NOW)).isTrue();
            lookUps.denied(STRANGER, NOW);
        }
        assertThat(asked(lookUps, STRANGER, true, NOW)).isInstanceOf(Throttled.class);
        assertThat(begins(lookUps, STRANGER, true, NOW.plusSeconds(1))).isTrue();
    }

    @Test
    void a_proven_client_is_proven_for_a_day_or_until_it_is_denied() {
        var lookUps = new LookUps(MANY, MANY);
        lookUps.authentic(GATEWAY, NOW);
        assertThat(started(lookUps, 100, i -> GATEWAY, true)).isEqualTo(100);
        var nextDay = NOW.plus(Duration.ofDays(1));
        assertThat(IntStream.range(0, 100)
                        .filter(i -> begins(lookUps, GATEWAY, true, nextDay))
                        .count())
                .isEqualTo(10);
        lookUps.authentic(GATEWAY, nextDay);
        lookUps.denied(GATEWAY, nextDay);
        assertThat(asked(lookUps, GATEWAY, true, nextDay)).isInstanceOf(Throttled.class);
    }

    @Test
    void no_number_of_strangers_makes_a_proven_client_forgotten() {
        var lookUps = new LookUps(MANY, MANY);
        lookUps.authentic(GATEWAY, NOW);
        IntStream.range(0, 30_000).forEach(i -> lookUps.denied(stranger(i), NOW));
        assertThat(started(lookUps, 100, i -> GATEWAY, true)).isEqualTo(100);
    }

    @Test
    void an_unknown_client_has_no_limit_of_its_own_and_is_never_proven() {
        var lookUps = new LookUps(64, MANY);
        lookUps.denied(Source.UNKNOWN, NOW);
        lookUps.authentic(Source.UNKNOWN, NOW);
        assertThat(started(lookUps, 100, i -> Source.UNKNOWN, true)).isEqualTo(16);
    }

    @Test
    void each_answer_and_each_failure_frees_its_place() {
        var lookUps = new LookUps(4, MANY);
        for (var i = 0; i < 5; i++) {
            assertThat(begins(lookUps, stranger(i), true, NOW)).isTrue();
            assertThat(asked(lookUps, stranger(100 + i), true, NOW))
                    .isEqualTo(
                            new Undecided(
                                    "already 1 look-ups in flight of clients without an authentic delivery (see fetch-in-flight)"));
            answerAll();
        }
        var thrown = lookUps.<String>ask(STRANGER, true, NOW, () -> {
            throw new IllegalStateException("a bug");
        });
        assertThat(LookUps.verdict(failure(thrown.toCompletableFuture())))
                .isEqualTo(new Undecided("IllegalStateException"));
        assertThat(begins(lookUps, STRANGER, true, NOW)).isTrue();
    }

    @Test
    void at_least_one_look_up_is_possible_in_each_share() {
        var lookUps = new LookUps(1, 1);
        assertThat(begins(lookUps, STRANGER, false, NOW)).isTrue();
        answerAll();
        assertThat(asked(lookUps, GATEWAY, true, NOW)).isInstanceOf(Undecided.class);
        lookUps.authentic(GATEWAY, NOW);
        assertThat(begins(lookUps, GATEWAY, true, NOW.plusSeconds(1))).isTrue();
    }

    @Test
    void denials_are_kept_for_their_time() {
        var denials = new Denials(Duration.ofSeconds(10));
        denials.add("tr_1", NOW);
        assertThat(denials.contains("tr_1", NOW.plusSeconds(9))).isTrue();
        assertThat(denials.contains("tr_1", NOW.plusSeconds(10))).isFalse();
        assertThat(denials.contains("tr_2", NOW)).isFalse();
    }

    private static Source stranger(int number) {
        return new Source("stranger " + number);
    }

    private interface Sources {
        Source number(int i);
    }

    private long started(LookUps lookUps, int count, Sources sources, boolean plausible) {
        return IntStream.range(0, count)
                .filter(i -> begins(lookUps, sources.number(i), plausible, NOW))
                .count();
    }

    private boolean begins(LookUps lookUps, Source source, boolean plausible, Instant now) {
        var before = waiting.size();
        var stage = lookUps.ask(source, plausible, now, this::request).toCompletableFuture();
        assertThat(stage.isCompletedExceptionally()).isEqualTo(waiting.size() == before);
        return waiting.size() > before;
    }

    private Verdict asked(LookUps lookUps, Source source, boolean plausible, Instant now) {
        var before = waiting.size();
        var stage = lookUps.ask(source, plausible, now, this::request).toCompletableFuture();
        assertThat(waiting).hasSize(before);
        return LookUps.verdict(failure(stage));
    }

    private static Throwable failure(CompletableFuture<?> stage) {
        return stage.handle((answer, failure) -> failure).join();
    }

    private CompletableFuture<String> request() {
        var answer = new CompletableFuture<String>();
        waiting.add(answer);
        return answer;
    }

    private void answerAll() {
        waiting.forEach(answer -> answer.complete("INVALID"));
    }
}
