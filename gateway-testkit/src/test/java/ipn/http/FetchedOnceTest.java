package ipn.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class FetchedOnceTest {
    private static final Instant NOW = Instant.parse("2026-09-01T12:00:00Z");
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration PAUSE = Duration.ofSeconds(30);
    private static final Unreachable FAILURE = new Unreachable("nobody there");

    private final FetchedOnce<String, String> cache = new FetchedOnce<>(100, PAUSE);
    private final List<CompletableFuture<Fetched<String>>> fetches = new ArrayList<>();

    @Test
    void a_value_is_fetched_once_while_it_may_be_kept() {
        var first = ask("k", NOW);
        assertThat(first).isNotDone();
        answer("one", HOUR);
        assertThat(first).isCompletedWithValue("one");
        assertThat(ask("k", NOW)).isCompletedWithValue("one");
        assertThat(ask("k", NOW.plus(HOUR).minusNanos(1))).isCompletedWithValue("one");
        assertThat(fetches).hasSize(1);
    }

    @Test
    void a_value_that_is_too_old_is_fetched_again() {
        assertThat(ask("k", NOW)).isNotDone();
        answer("one", HOUR);
        var later = ask("k", NOW.plus(HOUR));
        assertThat(later).isNotDone();
        answer("two", HOUR);
        assertThat(later).isCompletedWithValue("two");
        assertThat(ask("k", NOW.plus(HOUR).plusSeconds(1))).isCompletedWithValue("two");
    }

    @Test
    void each_value_has_a_time_of_its_own() {
        ask("short", NOW);
        answer("s", Duration.ofSeconds(5));
        ask("long", NOW);
        answer("l", HOUR);
        assertThat(ask("long", NOW.plusSeconds(6))).isCompletedWithValue("l");
        assertThat(ask("short", NOW.plusSeconds(6))).isNotDone();
    }

    @Test
    void a_value_that_may_not_be_kept_is_for_those_who_wait() {
        var first = ask("k", NOW);
        var second = ask("k", NOW);
        answer("one", Duration.ZERO);
        assertThat(first).isCompletedWithValue("one");
        assertThat(second).isCompletedWithValue("one");
        assertThat(ask("k", NOW)).isNotDone();
        assertThat(cache.size()).isZero();
    }

    @Test
    void who_asks_meanwhile_shares_the_fetch() {
        var all = IntStream.range(0, 10).mapToObj(i -> ask("k", NOW)).toList();
        assertThat(fetches).hasSize(1);
        answer("one", HOUR);
        assertThat(all).allSatisfy(each -> assertThat(each).isCompletedWithValue("one"));
    }

    @Test
    void many_threads_share_one_fetch() throws Exception {
        var count = new AtomicInteger();
        var start = new CountDownLatch(1);
        var fetch = new CompletableFuture<Fetched<String>>();
        var threads = Executors.newFixedThreadPool(8);
        try {
            var asked = IntStream.range(0, 8)
                    .mapToObj(i -> CompletableFuture.supplyAsync(
                            () -> {
                                awaitOn(start);
                                return cache.get("k", NOW, () -> {
                                    count.incrementAndGet();
                                    return fetch;
                                });
                            },
                            threads))
                    .toList();
            start.countDown();
            var answers = asked.stream().map(CompletableFuture::join).toList();
            fetch.complete(new Fetched<>("one", HOUR));
            answers.forEach(
                    each -> assertThat(each.toCompletableFuture().join()).isEqualTo("one"));
            assertThat(count).hasValue(1);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void a_failure_is_told_to_all_who_wait_and_not_kept() {
        var first = ask("k", NOW);
        var second = ask("k", NOW);
        fail();
        assertThat(List.of(first, second)).allSatisfy(FetchedOnceTest::failed);
        var third = ask("k", NOW);
        assertThat(third).isNotDone();
        answer("one", HOUR);
        assertThat(third).isCompletedWithValue("one");
    }

    @Test
    void a_fetch_that_throws_is_a_failure_and_holds_nothing_up() {
        CompletionStage<String> thrown = cache.get("k", NOW, () -> {
            throw new IllegalStateException("a bug");
        });
        assertThat(thrown).isCompletedExceptionally();
        assertThat(ask("k", NOW)).isNotDone();
        assertThat(fetches).hasSize(1);
    }

    @Test
    void nobody_who_shares_can_answer_for_the_others() {
        var first = ask("k", NOW);
        var second = ask("k", NOW);
        second.complete("forged");
        first.complete("forged");
        answer("one", HOUR);
        assertThat(ask("k", NOW)).isCompletedWithValue("one");
    }

    @Test
    void the_bound_holds_under_a_flood_and_what_is_asked_often_stays() {
        for (var i = 0; i < 10; i++) {
            now("often");
        }
        for (var i = 0; i < 10_000; i++) {
            now("key-" + i);
            if (i % 50 == 0) {
                now("often");
            }
        }
        assertThat(cache.size()).isBetween(1, 100);
        assertThat(ask("often", NOW)).isCompletedWithValue("now");
    }

    @Test
    void a_value_that_does_not_do_is_fetched_again_at_most_once_a_pause() {
        ask("k", NOW);
        answer("old", HOUR);
        assertThat(asking("k", NOW.plusSeconds(29), "new"))
                .as("within the pause")
                .isCompletedWithValue("old");
        var after = asking("k", NOW.plusSeconds(30), "new");
        assertThat(after).isNotDone();
        assertThat(ask("k", NOW.plusSeconds(30))).as("for whom it does").isCompletedWithValue("old");
        answer("new", HOUR);
        assertThat(after).isCompletedWithValue("new");
        for (var i = 31; i < 60; i++) {
            assertThat(asking("k", NOW.plusSeconds(i), "unknown")).isCompletedWithValue("new");
        }
        assertThat(fetches).hasSize(2);
        assertThat(asking("k", NOW.plusSeconds(60), "unknown")).isNotDone();
        assertThat(fetches).hasSize(3);
    }

    @Test
    void a_failed_renewal_leaves_the_value_and_is_told_to_those_for_whom_it_does_not_do() {
        ask("k", NOW);
        answer("old", HOUR);
        var renewal = asking("k", NOW.plusSeconds(30), "new");
        fail();
        failed(renewal);
        assertThat(ask("k", NOW.plusSeconds(31))).isCompletedWithValue("old");
        failed(asking("k", NOW.plusSeconds(59), "new"));
        assertThat(fetches).as("not even tried").hasSize(2);
        var second = asking("k", NOW.plusSeconds(60), "new");
        answer("new", HOUR);
        assertThat(second).isCompletedWithValue("new");
        assertThat(asking("k", NOW.plusSeconds(61), "newer")).as("forgiven").isCompletedWithValue("new");
    }

    @Test
    void a_failed_renewal_does_not_make_a_value_older_or_younger() {
        ask("k", NOW);
        answer("old", HOUR);
        failed(failing("k", NOW.plusSeconds(1_800)));
        assertThat(ask("k", NOW.plus(HOUR).minusNanos(1))).isCompletedWithValue("old");
        assertThat(ask("k", NOW.plus(HOUR))).isNotDone();
    }

    private CompletableFuture<String> failing(String key, Instant now) {
        var asked = asking(key, now, "new");
        fail();
        return asked;
    }

    private CompletableFuture<String> ask(String key, Instant now) {
        return cache.get(key, now, this::fetch).toCompletableFuture();
    }

    private CompletableFuture<String> asking(String key, Instant now, String wanted) {
        return cache.get(key, now, wanted::equals, this::fetch).toCompletableFuture();
    }

    private void now(String key) {
        var fetched = CompletableFuture.completedFuture(new Fetched<>("now", HOUR));
        assertThat(cache.get(key, NOW, () -> fetched).toCompletableFuture()).isCompletedWithValue("now");
    }

    private CompletableFuture<Fetched<String>> fetch() {
        var fetch = new CompletableFuture<Fetched<String>>();
        fetches.add(fetch);
        return fetch;
    }

    private void answer(String value, Duration keep) {
        fetches.get(fetches.size() - 1).complete(new Fetched<>(value, keep));
    }

    private void fail() {
        fetches.get(fetches.size() - 1).completeExceptionally(FAILURE);
    }

    private static void failed(CompletableFuture<String> asked) {
        assertThat(asked).isCompletedExceptionally();
        var failure = new CompletableFuture<Throwable>();
        asked.whenComplete((value, thrown) -> failure.complete(thrown));
        assertThat(HttpFailure.in(failure.join())).containsSame(FAILURE);
    }

    private static void awaitOn(CountDownLatch latch) {
        try {
            if (!latch.await(30, TimeUnit.SECONDS)) {
                throw new IllegalStateException("never started");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
