package ipn.client.store;

import static org.assertj.core.api.Assertions.assertThat;

import ipn.client.AccessDecision;
import ipn.client.AccessKey;
import ipn.client.store.CompactStore.Change;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class CompactStoreTest {
    private static final AccessKey PREMIUM = AccessKey.of("u_42", "premium");

    @Test
    void a_decision_is_returned_as_it_was_written() {
        var store = new CompactStore();
        for (var decision : Decisions.ofEveryForm()) {
            store.put(PREMIUM, decision);
            assertThat(store.get(PREMIUM)).isEqualTo(decision);
            assertThat(store.revision(PREMIUM)).isEqualTo(decision.revision());
        }
    }

    @Test
    void half_a_character_is_no_question_mark() {
        var store = new CompactStore();
        store.put(AccessKey.of("?", "premium"), Decisions.paid(1));
        store.put(AccessKey.of("\uD83D", "premium"), Decisions.paid(9));

        assertThat(store.get(AccessKey.of("\uD83D", "premium"))).isNull();
        assertThat(store.revision(AccessKey.of("?", "premium"))).isEqualTo(1);
    }

    @Test
    void random_writes_and_deletions_leave_what_a_map_has() {
        var seed = 20261130L;
        var random = new SplittableRandom(seed);
        var store = new CompactStore();
        var expected = new HashMap<AccessKey, AccessDecision>();
        for (var i = 0; i < 60_000; i++) {
            var key = key(random);
            if (random.nextInt(4) == 0) {
                store.remove(key);
                expected.remove(key);
            } else {
                store.put(key, Decisions.random(random));
                expected.put(key, store.get(key));
            }
        }
        expected.forEach((key, decision) ->
                assertThat(store.get(key)).as("%s, seed %d", key, seed).isEqualTo(decision));
        assertThat(store.size()).isEqualTo(expected.size());
        assertSubjects(store, expected);
    }

    private static void assertSubjects(CompactStore store, Map<AccessKey, AccessDecision> expected) {
        for (var i = 0; i < 500; i++) {
            var subject = "u_" + i;
            assertThat(store.ofSubject(subject, Integer.MAX_VALUE))
                    .containsExactlyInAnyOrderElementsOf(expected.entrySet().stream()
                            .filter(entry -> entry.getKey().subject().equals(subject))
                            .map(entry -> new Change(entry.getKey(), entry.getValue()))
                            .toList());
        }
        assertThat(store.ofSubject("u_1", 2)).hasSize(2);
    }

    private static AccessKey key(SplittableRandom random) {
        var subject = "u_" + random.nextInt(500);
        var scope = random.nextBoolean() ? Optional.<String>empty() : Optional.of("post_" + random.nextInt(20));
        return new AccessKey(subject, random.nextBoolean() ? "premium" : "promotion", scope);
    }

    /** Readers see whole decisions while a writer replaces them and the tables move. */
    @Test
    void readers_need_no_lock() {
        var store = new CompactStore();
        var stop = new AtomicBoolean();
        store.put(PREMIUM, Decisions.paid(1));
        var reader = CompletableFuture.supplyAsync(() -> {
            var last = 0L;
            while (!stop.get()) {
                var decision = store.get(PREMIUM);
                assertThat(decision).isEqualTo(Decisions.paid(decision == null ? 0 : decision.revision()));
                assertThat(decision.revision()).isGreaterThanOrEqualTo(last);
                last = decision.revision();
            }
            return last;
        });
        for (var revision = 2L; revision <= 20_000; revision++) {
            store.put(PREMIUM, Decisions.paid(revision));
            store.put(AccessKey.of("u_" + revision, "premium"), Decisions.paid(1));
        }
        stop.set(true);
        assertThat(reader.join()).isLessThanOrEqualTo(20_000);
    }

    @Test
    void an_entry_takes_about_a_hundred_bytes() {
        var store = new CompactStore();
        var random = new SplittableRandom(1);
        for (var i = 0; i < 200_000; i++) {
            store.put(AccessKey.of("u_" + (10_000_000 + i), "premium"), Decisions.random(random));
        }
        assertThat(store.bytes() / store.size()).isBetween(60L, 120L);
    }
}
