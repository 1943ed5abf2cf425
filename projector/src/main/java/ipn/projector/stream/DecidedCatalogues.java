package ipn.projector.stream;

import ipn.avro.AppliedCatalogue;
import ipn.avro.Cause;
import ipn.avro.Decision;
import ipn.avro.DecisionKind;
import ipn.avro.DecisionTarget;
import ipn.decision.DecisionCause;
import java.util.Collection;
import java.util.List;

/**
 * Which versions of the catalogue people applied to what was paid before, as nodes pass it on.
 *
 * @param applied those that count now, earliest first
 * @param cause the decision that changed them
 */
public record DecidedCatalogues(List<AppliedCatalogue> applied, Cause cause) {

    /** @param cause the decision that changed them: the brake counts what it ends */
    static DecidedCatalogues of(Collection<Decision> effective, Cause cause) {
        return new DecidedCatalogues(applied(effective), DecisionCause.ofMany(cause));
    }

    /** @param effective decisions about one thing that count now, earliest first */
    private static List<AppliedCatalogue> applied(Collection<Decision> effective) {
        return effective.stream()
                .filter(each -> each.getTarget() == DecisionTarget.CATALOGUE && each.getKind() == DecisionKind.APPLY)
                .map(each -> new AppliedCatalogue(
                        each.getDecisionId(), each.getPolicyVersion(), each.getSince(), each.getAt()))
                .toList();
    }
}
