package ipn.bench.access;

import ipn.client.Access;
import ipn.client.AccessAnswer;
import ipn.client.AccessDecision;
import ipn.client.AccessKey;
import ipn.client.AccessListener;
import ipn.client.AccessQuestion;
import ipn.client.AccessRules;
import ipn.client.AccessStatus;
import ipn.client.store.CompactStore;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** Access as the cache gives it, from a store of generated entries, without a topic. */
record StoredAccess(CompactStore store, Clock clock, int entries) implements Access {
    private static final AccessRules RULES = new AccessRules(Duration.ofHours(1), Duration.ofSeconds(5));
    private static final int ID_BASE = 36;

    /** A store with one paid month for each of so many users. */
    static StoredAccess of(int entries, Clock clock) {
        var store = new CompactStore();
        var random = new SplittableRandom(1);
        for (var i = 0; i < entries; i++) {
            store.put(AccessKey.of(user(i), "premium"), decision(random, clock));
        }
        return new StoredAccess(store, clock, entries);
    }

    /** The name of a user. */
    static String user(int number) {
        return "u_" + (10_000_000 + number);
    }

    private static AccessDecision decision(SplittableRandom random, Clock clock) {
        var month = Duration.ofDays(30).toMillis();
        var decidedAt = clock.instant().minusMillis(random.nextLong(month));
        var id = digits(random) + digits(random);
        return new AccessDecision(
                random.nextLong(1, 40),
                AccessStatus.ACTIVE,
                "PAID",
                Optional.of(decidedAt.minusSeconds(random.nextLong(100))),
                Optional.of(decidedAt.plusMillis(month)),
                Optional.empty(),
                Optional.of("premium"),
                Optional.of("stripe/main/in_" + id.substring(0, 24)),
                decidedAt,
                "1ece3b914ec7",
                false);
    }

    /** At least 12 of them. */
    private static String digits(SplittableRandom random) {
        return Long.toString(random.nextLong(Long.MAX_VALUE / 2, Long.MAX_VALUE), ID_BASE);
    }

    @Override
    public AccessAnswer of(AccessQuestion question) {
        var now = clock.instant();
        return RULES.answer(question, store.get(question.key()), now, now);
    }

    @Override
    public List<AccessAnswer> all(String subject, int limit) {
        var now = clock.instant();
        return store.ofSubject(subject, limit).stream()
                .map(found ->
                        RULES.answer(new AccessQuestion(found.key(), Optional.empty()), found.decision(), now, now))
                .toList();
    }

    @Override
    public List<String> entitlements() {
        return store.entitlementNames();
    }

    @Override
    public Registration listen(AccessListener listener) {
        return () -> {};
    }
}
