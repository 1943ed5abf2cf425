package ipn.operations.reconcile;

import ipn.avro.Decision;
import ipn.avro.DecisionKind;
import ipn.avro.DecisionTarget;
import ipn.operations.Operator;
import ipn.operations.decision.DecisionWriter;
import ipn.operations.reconcile.InjectionPlan.PlannedRecord;
import java.time.Instant;
import java.util.UUID;
import java.util.stream.Collectors;

/** The decision of the person who injects. */
final class InjectionDecision {
    private static final int WHICH_MAX = 500;

    private InjectionDecision() {}

    /** It is about the payment, so that it is found by its key; about several, it has an id of its own. */
    static Decision.Builder draft(Reconciliation.Result result, InjectionPlan plan, Operator who, Instant at) {
        var payments =
                plan.first().stream().map(PlannedRecord::paymentKey).distinct().toList();
        var about = payments.size() == 1 && plan.more() == 0
                ? payments.get(0)
                : UUID.randomUUID().toString();
        var which = "%d capture(s) and %d refund(s) of %s: %s"
                .formatted(
                        plan.captures(),
                        plan.refunds(),
                        result.request().report().path().getFileName(),
                        payments.stream().collect(Collectors.joining(", ")));
        return DecisionWriter.draft(DecisionKind.INJECT, DecisionTarget.REPORT, about, who, at)
                .setWhich(which.length() <= WHICH_MAX ? which : which.substring(0, WHICH_MAX - 3) + "...");
    }
}
