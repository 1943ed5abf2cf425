package ipn.decision;

import ipn.avro.Decision;
import ipn.avro.DecisionKind;
import ipn.avro.DecisionTarget;
import ipn.topics.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The rules that a record of {@code ipn.decisions} must keep: each text has a bound, and each kind has the fields that it needs. */
public final class DecisionRules {
    public static final int WHY_MAX = 1_000;

    /** How much later than its record the time of a decision may be. */
    public static final Duration CLOCKS_DIFFER_MAX = Duration.ofMinutes(5);

    private static final int ID_MAX = 100;
    private static final int BY_MAX = 200;
    private static final int WORD_MAX = 500;
    private static final int SEEN_MAX = SeenMoney.TEXT_MAX;
    /** Kind, payment key, invoice, product and order, of which each character may be percent-encoded. */
    private static final int DISCREPANCY_MAX = 6_000;

    private static final int PURCHASES_MAX = 128;
    private static final String SHA256 = "[0-9a-f]{64}";

    private static final Set<DecisionTarget> MONEY = Set.of(DecisionTarget.PAYMENT, DecisionTarget.ORDER);
    private static final Set<DecisionTarget> SUBJECT = Set.of(DecisionTarget.SUBJECT);
    private static final Set<DecisionTarget> DEAD_LETTER = Set.of(DecisionTarget.DEAD_LETTER);
    private static final Set<DecisionTarget> BRAKE = Set.of(DecisionTarget.BRAKE);
    private static final Set<DecisionTarget> ALL =
            Set.copyOf(Arrays.asList(DecisionTarget.values()).subList(1, DecisionTarget.values().length));

    // spotless:off
    private static final Map<DecisionKind, Set<DecisionTarget>> TARGETS = Map.ofEntries(
            Map.entry(DecisionKind.ACCEPT,   MONEY),
            Map.entry(DecisionKind.ASSIGN,   MONEY),
            Map.entry(DecisionKind.DISMISS,  MONEY),
            Map.entry(DecisionKind.GRANT,    SUBJECT),
            Map.entry(DecisionKind.EXTEND,   SUBJECT),
            Map.entry(DecisionKind.REVOKE,   SUBJECT),
            Map.entry(DecisionKind.TRANSFER, SUBJECT),
            Map.entry(DecisionKind.REPLAY,   DEAD_LETTER),
            Map.entry(DecisionKind.DISCARD,  Set.of(DecisionTarget.DEAD_LETTER, DecisionTarget.BRAKE)),
            Map.entry(DecisionKind.REOPEN,   DEAD_LETTER),
            Map.entry(DecisionKind.RELEASE,  BRAKE),
            Map.entry(DecisionKind.APPLY,    Set.of(DecisionTarget.CATALOGUE)),
            Map.entry(DecisionKind.RESTORE,  Set.of(DecisionTarget.CATALOGUE)),
            Map.entry(DecisionKind.INJECT,   Set.of(DecisionTarget.REPORT)),
            Map.entry(DecisionKind.UNDO,     ALL),
            Map.entry(DecisionKind.APPROVE,  ALL));
    // spotless:on

    private DecisionRules() {}

    /** @param detail for people: what was expected where; never a value */
    public record Violation(Reason reason, String detail) {}

    /**
     * The first rule that it breaks; empty: it keeps all.
     *
     * @param key of its record
     */
    public static Optional<Violation> violation(String key, Decision decision) {
        return Stream.of(ids(key, decision), kind(decision), texts(decision), needed(decision))
                .flatMap(Optional::stream)
                .findFirst();
    }

    /**
     * Whether its time is later than that of its record. The later of two decisions counts, so the clock of one person must not decide for
     * all others.
     *
     * @param appended time of the record by the broker
     */
    public static Optional<Violation> tooLate(Decision decision, Instant appended) {
        return decision.getAt().isAfter(appended.plus(CLOCKS_DIFFER_MAX))
                ? violated(
                        Reason.MALFORMED,
                        "at: later than its record by more than %s (expected: the time of the decision; correct the clock of that machine)"
                                .formatted(CLOCKS_DIFFER_MAX))
                : Optional.empty();
    }

    /** Whether it is about another decision. */
    public static boolean isAboutDecision(Decision decision) {
        return decision.getKind() == DecisionKind.UNDO || decision.getKind() == DecisionKind.APPROVE;
    }

    private static Optional<Violation> ids(String key, Decision decision) {
        if (!hasText(decision.getDecisionId(), ID_MAX)) {
            return violated(Reason.INVALID_ID, "decisionId: no id (expected: text of 1 to 100 characters)");
        }
        if (!hasText(decision.getAbout(), WORD_MAX)) {
            return violated(Reason.INVALID_ID, "about: no id (expected: text of 1 to 500 characters)");
        }
        return decision.getAbout().equals(key)
                ? Optional.empty()
                : violated(Reason.INVALID_ID, "about: not the record's key (expected: the same)");
    }

    private static Optional<Violation> kind(Decision decision) {
        var targets = TARGETS.get(decision.getKind());
        if (targets == null) {
            return violated(Reason.MALFORMED, "kind: not known to this version (expected: a kind of DecisionKind)");
        }
        return targets.contains(decision.getTarget())
                ? Optional.empty()
                : violated(
                        Reason.MALFORMED,
                        "target: %s of %s (expected: one of %s)"
                                .formatted(
                                        decision.getTarget(),
                                        decision.getKind(),
                                        targets.stream()
                                                .map(Enum::name)
                                                .sorted()
                                                .toList()));
    }

    private static Optional<Violation> texts(Decision decision) {
        if (!hasText(decision.getBy(), BY_MAX)) {
            return violated(Reason.MISSING_FIELD, "by: no name (expected: text of 1 to 200 characters)");
        }
        if (!isAbsentOr(decision.getPrincipal(), WORD_MAX)) {
            return violated(
                    Reason.INVALID_ID,
                    "principal: blank or too long (expected: at most %d characters)".formatted(WORD_MAX));
        }
        if (decision.getAuthenticated() && !decision.getBy().equals(decision.getPrincipal())) {
            return violated(Reason.MALFORMED, "authenticated: by is not the principal (expected: the same name)");
        }
        if (!hasText(decision.getWhy(), WHY_MAX)) {
            return violated(Reason.MISSING_FIELD, "why: no reason (expected: text of 1 to 1000 characters)");
        }
        if (!isAbsentOr(decision.getOf(), ID_MAX) || !isAbsentOr(decision.getDiscrepancy(), DISCREPANCY_MAX)) {
            return violated(
                    Reason.INVALID_ID,
                    "of or discrepancy: blank or too long (expected: at most %d and %d characters)"
                            .formatted(ID_MAX, DISCREPANCY_MAX));
        }
        if (!isAbsentOr(decision.getSeen(), SEEN_MAX)) {
            return violated(
                    Reason.INVALID_ID,
                    "seen: blank or too long (expected: an amount or a time of at most %d characters)"
                            .formatted(SEEN_MAX));
        }
        var words = Stream.of(
                decision.getSubject(),
                decision.getEntitlement(),
                decision.getProduct(),
                decision.getScope(),
                decision.getToSubject(),
                decision.getPolicyVersion(),
                decision.getWhich());
        if (!words.allMatch(word -> isAbsentOr(word, WORD_MAX))) {
            return violated(
                    Reason.INVALID_ID,
                    "subject, entitlement, product, scope, toSubject, policyVersion or which: blank or too long (expected: at most %d characters)"
                            .formatted(WORD_MAX));
        }
        return lists(decision);
    }

    private static Optional<Violation> lists(Decision decision) {
        if (!isAbsentOrHash(decision.getShown()) || !isAbsentOrHash(decision.getDiscrepancyContent())) {
            return violated(
                    Reason.MALFORMED,
                    "shown or discrepancyContent: no hash (expected: SHA-256 as 64 lowercase digits)");
        }
        var purchases = decision.getPurchases();
        return purchases.size() <= PURCHASES_MAX && purchases.stream().allMatch(each -> hasText(each, WORD_MAX))
                ? Optional.empty()
                : violated(
                        Reason.INVALID_ID,
                        "purchases: too many, or one is blank or too long (expected: at most %d of %d characters)"
                                .formatted(PURCHASES_MAX, WORD_MAX));
    }

    private static Optional<Violation> needed(Decision decision) {
        return switch (decision.getKind()) {
            case ACCEPT, DISMISS ->
                all("discrepancy and discrepancyContent", decision.getDiscrepancy(), decision.getDiscrepancyContent());
            case ASSIGN ->
                any("subject, product or scope", decision.getSubject(), decision.getProduct(), decision.getScope());
            case GRANT, EXTEND -> span(decision);
            case REVOKE -> all("entitlement", decision.getEntitlement());
            case TRANSFER ->
                all(
                        "entitlement, toSubject and purchases",
                        decision.getEntitlement(),
                        decision.getToSubject(),
                        decision.getPurchases().isEmpty() ? null : decision.getPurchases());
            case APPLY, RESTORE -> all("policyVersion", decision.getPolicyVersion());
            case INJECT -> all("which", decision.getWhich());
            case UNDO, APPROVE -> all("of", decision.getOf());
            default -> Optional.empty();
        };
    }

    private static Optional<Violation> span(Decision decision) {
        var from = decision.getFrom();
        var until = decision.getUntil();
        if (from != null && from.isAfter(decision.getAt())) {
            return violated(Reason.MALFORMED, "from: after the time of the decision (expected: at or before it)");
        }
        if (from != null && until != null && !from.isBefore(until)) {
            return violated(Reason.MALFORMED, "until: not after from (expected: a later time)");
        }
        return all(
                "entitlement, product, from and until", decision.getEntitlement(), decision.getProduct(), from, until);
    }

    private static Optional<Violation> all(String fields, @Nullable Object... values) {
        return Arrays.stream(values).allMatch(Objects::nonNull) ? Optional.empty() : missing(fields);
    }

    private static Optional<Violation> any(String fields, @Nullable Object... values) {
        return Arrays.stream(values).anyMatch(Objects::nonNull) ? Optional.empty() : missing(fields);
    }

    private static Optional<Violation> missing(String fields) {
        return violated(Reason.MISSING_FIELD, fields + ": missing (expected: as its kind needs)");
    }

    private static boolean hasText(String text, int max) {
        return !text.isBlank() && text.length() <= max;
    }

    private static boolean isAbsentOr(@Nullable String text, int max) {
        return text == null || hasText(text, max);
    }

    private static boolean isAbsentOrHash(@Nullable String text) {
        return text == null || text.matches(SHA256);
    }

    private static Optional<Violation> violated(Reason reason, String detail) {
        return Optional.of(new Violation(reason, detail));
    }
}
