package ipn.operations.decision;

import ipn.avro.Decision;
import ipn.avro.DecisionKind;
import ipn.decision.DecisionRules;
import ipn.decision.Decisions;
import java.time.Instant;
import java.util.List;

/**
 * A decision, and whether it counts.
 *
 * @param status whether it counts now, and if not, why
 */
public record DecisionView(Decision decision, DecisionStatus status) {

    /** Whether it counts, for people. */
    public String meaning() {
        if (status != DecisionStatus.ABOUT_DECISION) {
            return status.meaning();
        }
        return decision.getKind() == DecisionKind.APPROVE ? "approves that decision" : "undoes that decision";
    }

    /** Each of the decisions about one thing, earliest first. */
    public static List<DecisionView> all(Decisions decisions, Instant now) {
        return decisions.all().stream()
                .sorted(Decisions.EARLIEST_FIRST)
                .map(each -> new DecisionView(each, DecisionStatus.of(decisions, each, now)))
                .toList();
    }

    /** Whether a decision counts. */
    public enum DecisionStatus {
        EFFECTIVE("counts"),
        SUPERSEDED("a later decision counts"),
        UNDONE("undone"),
        WAITS_FOR_APPROVAL("waits for the approval of somebody else"),
        ENDED("ended by its --until"),
        ABOUT_DECISION("about another decision");

        private final String meaning;

        DecisionStatus(String meaning) {
            this.meaning = meaning;
        }

        /** For people. */
        public String meaning() {
            return meaning;
        }

        static DecisionStatus of(Decisions all, Decision decision, Instant now) {
            if (DecisionRules.isAboutDecision(decision)) {
                return all.isWaitingUndo(decision) ? WAITS_FOR_APPROVAL : ABOUT_DECISION;
            }
            var effective = all.effective(now);
            if (effective.contains(decision)) {
                return isSuperseded(effective, decision) ? SUPERSEDED : EFFECTIVE;
            }
            if (all.isUndone(decision)) {
                return UNDONE;
            }
            return all.isApproved(decision) ? ENDED : WAITS_FOR_APPROVAL;
        }

        /** Of two decisions about one discrepancy the later counts. */
        private static boolean isSuperseded(List<Decision> effective, Decision decision) {
            return decision.getDiscrepancy() != null
                    && effective.stream()
                            .filter(each -> decision.getDiscrepancy().equals(each.getDiscrepancy()))
                            .reduce((earlier, later) -> later)
                            .filter(newest -> !newest.equals(decision))
                            .isPresent();
        }
    }
}
