package ipn.projector.decision;

import ipn.avro.Decision;
import ipn.avro.DecisionKind;
import ipn.avro.DecisionTarget;
import ipn.avro.MoneyDecision;
import ipn.decision.Decisions;
import ipn.key.Sha256;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Of the decisions about money that count, those that have an effect: the newest about each discrepancy, and the newest that assigns a
 * subject, a product or a scope.
 */
public final class NewestDecisions {
    private NewestDecisions() {}

    /**
     * Those about a payment key or about an order, sorted by id.
     *
     * @param effective decisions about one thing that count now
     * @param target which of the two
     */
    public static List<MoneyDecision> of(Collection<Decision> effective, DecisionTarget target) {
        var newest = new TreeMap<String, Decision>();
        effective.stream()
                .filter(each -> each.getTarget() == target)
                .sorted(Decisions.EARLIEST_FIRST)
                .forEach(each -> {
                    switch (each.getKind()) {
                        case ACCEPT, DISMISS -> newest.put("discrepancy " + each.getDiscrepancy(), each);
                        case ASSIGN -> {
                            putIfNamed(newest, "subject", each, Decision::getSubject);
                            putIfNamed(newest, "product", each, Decision::getProduct);
                            putIfNamed(newest, "scope", each, Decision::getScope);
                        }
                        default -> {}
                    }
                });
        return newest.values().stream()
                .distinct()
                .map(NewestDecisions::stored)
                .sorted(Comparator.comparing(MoneyDecision::getDecisionId))
                .toList();
    }

    private static void putIfNamed(
            TreeMap<String, Decision> newest, String what, Decision decision, Function<Decision, String> named) {
        if (named.apply(decision) != null) {
            newest.put(what, decision);
        }
    }

    private static MoneyDecision stored(Decision decision) {
        var assigns = decision.getKind() == DecisionKind.ASSIGN;
        return MoneyDecision.newBuilder()
                .setDecisionId(decision.getDecisionId())
                .setKind(decision.getKind())
                .setAt(decision.getAt())
                .setDiscrepancy(assigns ? null : Sha256.hex(decision.getDiscrepancy()))
                .setContent(assigns ? null : decision.getDiscrepancyContent())
                .setSeen(decision.getKind() == DecisionKind.ACCEPT ? decision.getSeen() : null)
                .setSubject(assigns ? decision.getSubject() : null)
                .setProduct(assigns ? decision.getProduct() : null)
                .setScope(assigns ? decision.getScope() : null)
                .build();
    }
}
