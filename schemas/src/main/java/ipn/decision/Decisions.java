package ipn.decision;

import ipn.avro.Decision;
import ipn.avro.DecisionKind;
import ipn.decision.DecisionRules.Violation;
import ipn.topics.Reason;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All decisions about one thing. Which of them count depends on the set alone, and on the time: not on the order in which they came.
 *
 * @param all of which no two have the same id
 * @param needingApproval ids of those that need approval by the policy, whatever their records claim; others need it if their record says so
 */
public record Decisions(Collection<Decision> all, Set<String> needingApproval) {
    /** More decisions than people make about one thing. */
    static final int DECISIONS_MAX = 256;
    /** More undos and approvals: each decision can be approved by some and undone by some, also while there is no room for others. */
    static final int ABOUT_DECISIONS_MAX = 512;

    /** The later one counts where two decide the same; the id breaks ties. */
    public static final Comparator<Decision> EARLIEST_FIRST =
            Comparator.comparing(Decision::getAt).thenComparing(Decision::getDecisionId);

    /** Kinds that count until a time. In the others, {@code until} is the end of access. */
    private static final Set<DecisionKind> LIMITED =
            EnumSet.of(DecisionKind.ACCEPT, DecisionKind.ASSIGN, DecisionKind.DISMISS, DecisionKind.REVOKE);

    public Decisions {
        all = List.copyOf(all);
        needingApproval = Set.copyOf(needingApproval);
    }

    /** @param policy says which of them need approval */
    public Decisions(Collection<Decision> all, ApprovalPolicy policy) {
        this(
                all,
                all.stream()
                        .filter(each -> policy.requires(each.getKind(), each.getAt()))
                        .map(Decision::getDecisionId)
                        .collect(Collectors.toUnmodifiableSet()));
    }

    /** Why another decision is not added; empty: it is, or is known already. */
    public Optional<Violation> refusal(Decision added) {
        var known = all.stream()
                .filter(each -> each.getDecisionId().equals(added.getDecisionId()))
                .findFirst();
        if (known.isPresent()) {
            return known.get().equals(added)
                    ? Optional.empty()
                    : Optional.of(new Violation(
                            Reason.EVENT_ID_COLLISION,
                            "decisionId: known with other content (expected: a new id; the first content stays)"));
        }
        var max = DecisionRules.isAboutDecision(added) ? ABOUT_DECISIONS_MAX : DECISIONS_MAX;
        var alike = all.stream()
                .filter(each -> DecisionRules.isAboutDecision(each) == DecisionRules.isAboutDecision(added))
                .count();
        return alike < max
                ? Optional.empty()
                : Optional.of(new Violation(
                        Reason.TOO_MANY_DECISIONS,
                        "decisions about one thing: %d already (expected: at most %d)".formatted(alike, max)));
    }

    /** Those that count at a time, earliest first: not undone, approved by somebody else where they need it, and not past their end. */
    public List<Decision> effective(Instant now) {
        return everEffective().stream()
                .filter(each -> end(each).filter(end -> !now.isBefore(end)).isEmpty())
                .toList();
    }

    /** The same, with those that are past their end. */
    public List<Decision> everEffective() {
        return all.stream()
                .filter(each -> !DecisionRules.isAboutDecision(each))
                .filter(this::isApproved)
                .filter(each -> !isUndone(each))
                .sorted(EARLIEST_FIRST)
                .toList();
    }

    /** When the first of those that count now ends; empty: time alone changes nothing. */
    public Optional<Instant> nextCheck(Instant now) {
        return effective(now).stream().flatMap(each -> end(each).stream()).min(Comparator.naturalOrder());
    }

    private static Optional<Instant> end(Decision decision) {
        return LIMITED.contains(decision.getKind()) ? Optional.ofNullable(decision.getUntil()) : Optional.empty();
    }

    /** Whether somebody undid it. */
    public boolean isUndone(Decision decision) {
        return all.stream().anyMatch(each -> isAbout(each, DecisionKind.UNDO, decision) && counts(each, decision));
    }

    /**
     * Whether an undo counts. Of a decision that needs approval, an undo needs it as well, because it decides the opposite about the same
     * thing; except while nobody has approved the decision, which then never counted.
     */
    private boolean counts(Decision undo, Decision undone) {
        if (!needsApproval(undone)) {
            return isApproved(undo);
        }
        return approvals(undo).findAny().isPresent()
                || approvals(undone).noneMatch(each -> EARLIEST_FIRST.compare(each, undo) < 0);
    }

    /** Whether it is an undo that counts only once somebody else has approved it. */
    public boolean isWaitingUndo(Decision decision) {
        return decision.getKind() == DecisionKind.UNDO
                && all.stream().anyMatch(each -> isAbout(decision, DecisionKind.UNDO, each) && !counts(decision, each));
    }

    /** Whether it counts only once somebody else has approved it. */
    public boolean needsApproval(Decision decision) {
        return decision.getNeedsApproval() || needingApproval.contains(decision.getDecisionId());
    }

    /** Whether it needs no approval, or somebody else has approved it. */
    public boolean isApproved(Decision decision) {
        return !needsApproval(decision) || approvals(decision).findAny().isPresent();
    }

    private Stream<Decision> approvals(Decision decision) {
        return all.stream()
                .filter(each -> isAbout(each, DecisionKind.APPROVE, decision) && Persons.differ(decision, each));
    }

    private static boolean isAbout(Decision later, DecisionKind kind, Decision decision) {
        return later.getKind() == kind
                && Objects.equals(later.getOf(), decision.getDecisionId())
                && later.getTarget() == decision.getTarget()
                && later.getAbout().equals(decision.getAbout());
    }
}
