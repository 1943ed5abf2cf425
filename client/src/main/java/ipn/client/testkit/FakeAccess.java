package ipn.client.testkit;

import ipn.client.Access;
import ipn.client.AccessAnswer;
import ipn.client.AccessChange;
import ipn.client.AccessDecision;
import ipn.client.AccessKey;
import ipn.client.AccessListener;
import ipn.client.AccessQuestion;
import ipn.client.AccessRules;
import ipn.client.AccessStatus;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Access without Kafka, for tests: holds what the test decides, and answers by the rules of the real cache. Subjects have no access until
 * the test grants it.
 *
 * <pre>{@code
 * var access = new FakeAccess();
 * access.grant("u_42", "premium", Instant.parse("2026-12-22T00:00:00Z"));
 * access.setTime(Instant.parse("2026-12-01T00:00:00Z"));
 * assert access.of("u_42", "premium").isAllowed();
 * }</pre>
 */
public final class FakeAccess implements Access {
    private static final AccessRules RULES = new AccessRules(Duration.ofHours(1), Duration.ofSeconds(5));

    private final Map<AccessKey, AccessDecision> decisions = new ConcurrentHashMap<>();
    private final List<AccessListener> listeners = new CopyOnWriteArrayList<>();
    private volatile Clock clock = Clock.systemUTC();
    private volatile @Nullable Duration age = Duration.ZERO;

    @Override
    public AccessAnswer of(AccessQuestion question) {
        return answer(question, clock.instant());
    }

    private AccessAnswer answer(AccessQuestion question, Instant at) {
        var old = age;
        return RULES.answer(question, decisions.get(question.key()), old == null ? null : at.minus(old), at);
    }

    @Override
    public List<AccessAnswer> all(String subject, int limit) {
        var at = clock.instant();
        return decisions.keySet().stream()
                .filter(key -> key.subject().equals(subject))
                .limit(limit)
                .map(key -> answer(new AccessQuestion(key, Optional.empty()), at))
                .toList();
    }

    @Override
    public List<String> entitlements() {
        return decisions.keySet().stream()
                .map(AccessKey::entitlement)
                .distinct()
                .sorted()
                .toList();
    }

    @Override
    public Registration listen(AccessListener listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    /** The time of all questions from now on. */
    public FakeAccess setTime(Instant now) {
        clock = Clock.fixed(now, ZoneOffset.UTC);
        return this;
    }

    /** How old the data is from now on, as while Kafka is away. */
    public FakeAccess setAge(Duration to) {
        age = to;
        return this;
    }

    /** From now on nothing is loaded: all answers are {@link AccessStatus#UNKNOWN}. */
    public FakeAccess setNotLoaded() {
        age = null;
        return this;
    }

    /** Access without an end. */
    public FakeAccess grant(String subject, String entitlement) {
        return decide(AccessKey.of(subject, entitlement), last -> last);
    }

    /** Access until a time. */
    public FakeAccess grant(String subject, String entitlement, Instant until) {
        return decide(AccessKey.of(subject, entitlement), last -> with(last, AccessStatus.ACTIVE, "PAID", until, null));
    }

    /** Access that goes on in grace, because a renewal failed. */
    public FakeAccess grace(String subject, String entitlement, Instant until, Instant graceUntil) {
        return decide(
                AccessKey.of(subject, entitlement),
                last -> with(last, AccessStatus.GRACE, "PAYMENT_FAILED", until, graceUntil));
    }

    /** No access while something is disputed. */
    public FakeAccess suspend(String subject, String entitlement) {
        return decide(
                AccessKey.of(subject, entitlement), last -> with(last, AccessStatus.SUSPENDED, "DISPUTED", null, null));
    }

    /** Access ended by a refund. */
    public FakeAccess revoke(String subject, String entitlement) {
        return decide(
                AccessKey.of(subject, entitlement),
                last -> with(last, AccessStatus.ENDED, "REFUNDED", clock.instant(), null));
    }

    /** Any decision: it begins with access without an end, and gets the next revision of its key. */
    public FakeAccess decide(AccessKey key, UnaryOperator<AccessDecision> change) {
        var before = decisions.get(key);
        var granted = granted(key, before == null ? 1 : before.revision() + 1);
        var after = change.apply(granted);
        decisions.put(key, after);
        listeners.forEach(
                listener -> listener.changed(new AccessChange(key, Optional.ofNullable(before), Optional.of(after))));
        return this;
    }

    private AccessDecision granted(AccessKey key, long revision) {
        return new AccessDecision(
                revision,
                AccessStatus.ACTIVE,
                "PAID",
                Optional.of(clock.instant()),
                Optional.empty(),
                Optional.empty(),
                Optional.of(key.entitlement()),
                Optional.of("fake/main/" + key.subject()),
                clock.instant(),
                "fake",
                false);
    }

    private static AccessDecision with(
            AccessDecision last,
            AccessStatus status,
            String reason,
            @Nullable Instant until,
            @Nullable Instant graceUntil) {
        return new AccessDecision(
                last.revision(),
                status,
                reason,
                last.from(),
                Optional.ofNullable(until),
                Optional.ofNullable(graceUntil),
                last.product(),
                last.decidedBy(),
                last.decidedAt(),
                last.policyVersion(),
                last.test());
    }
}
