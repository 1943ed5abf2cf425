package ipn.operations.explain.coverage;

import ipn.avro.DiscrepancyKind;
import ipn.avro.EntitlementEvent;
import ipn.decision.DecisionCause;
import ipn.operations.Hashing;
import ipn.operations.explain.evidence.EventCause;
import ipn.operations.topic.Position;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Checks whether an entitlement event can be explained by the evidence in the index. */
record EventCheck(EvidenceIndex index) {

    /** The evidence that is missing; empty if the event can be explained. */
    List<String> missing(EntitlementEvent event) {
        var missing = new ArrayList<String>();
        cause(event, missing);
        if (event.getPaymentKey() != null && !DecisionCause.isKey(event.getPaymentKey())) {
            payment(event.getPaymentKey(), missing);
        }
        // an accepted payment of an unknown order names one that never existed
        if (event.getOrder() != null
                && event.getDiscrepancy() != DiscrepancyKind.UNKNOWN_ORDER
                && !index.knowsOrder(event.getOrder())) {
            missing.add("order " + event.getOrder() + " does not exist");
        }
        return List.copyOf(missing);
    }

    private void cause(EntitlementEvent event, List<String> missing) {
        if (EventCause.isOrder(event)) {
            // The orders topic is compacted: it is enough that the order exists.
            return;
        }
        if (EventCause.isDecision(event)) {
            if (!index.knowsDecision(event.getCause().getEventKey())) {
                missing.add("the decision of its cause %s does not exist"
                        .formatted(event.getCause().getEventKey()));
            }
            return;
        }
        var source = Position.of(event.getCause());
        var cause = event.getCause().getEventKey();
        var found = index.records().get(EvidenceIndex.hash(source));
        if (found == null) {
            missing.add("the raw record of its cause %s no longer exists at %s".formatted(cause, source));
        } else if (found.event() != Hashing.hashOf(cause)) {
            missing.add("the raw record at %s is of another event than its cause %s".formatted(source, cause));
        } else if (!found.verified()) {
            missing.add("the raw record of its cause %s at %s does not name the key that verified it"
                    .formatted(cause, source));
        }
    }

    private void payment(String key, List<String> missing) {
        var carriers = index.carriers(key);
        if (!index.knowsPayment(key)) {
            missing.add("payment " + key + " has no state");
        } else if (carriers.length == 0) {
            missing.add("the state of payment " + key + " has no facts");
        }
        var gone = Arrays.stream(carriers)
                .filter(carrier -> !index.exists(key, carrier))
                .count();
        if (gone > 0) {
            missing.add("payment %s: %d of the %d events that carried its facts have no raw record any more"
                    .formatted(key, gone, carriers.length));
        }
    }
}
