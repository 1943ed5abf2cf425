package ipn.operations.explain.coverage;

import ipn.avro.EntitlementEvent;
import ipn.operations.Hashing;
import ipn.operations.explain.evidence.EventCause;
import ipn.operations.topic.Position;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Whether one entitlement event is explained by what was found. Pure. */
record EventCheck(EvidenceIndex index) {

    /** What is missing; empty where it is explained. */
    List<String> of(EntitlementEvent event) {
        var missing = new ArrayList<String>();
        cause(event, missing);
        if (event.getPaymentKey() != null) {
            payment(event.getPaymentKey(), missing);
        }
        if (event.getOrder() != null && !index.knowsOrder(event.getOrder())) {
            missing.add("order " + event.getOrder() + " is not known");
        }
        return List.copyOf(missing);
    }

    private void cause(EntitlementEvent event, List<String> missing) {
        if (EventCause.isOrder(event)) {
            // Orders are compacted: what counts is that the order itself is known.
            return;
        }
        var source = Position.of(event.getCause());
        var cause = event.getCause().getEventKey();
        var found = index.records().get(EvidenceIndex.of(source));
        if (found == null) {
            missing.add("the raw record of its cause %s is not at %s".formatted(cause, source));
        } else if (found.event() != Hashing.hashOf(cause)) {
            missing.add("the raw record at %s is of another event than its cause %s".formatted(source, cause));
        } else if (!found.verified()) {
            missing.add("the raw record of its cause %s at %s does not say what verified it".formatted(cause, source));
        }
    }

    private void payment(String key, List<String> missing) {
        var tellers = index.tellers(key);
        if (!index.knowsPayment(key)) {
            missing.add("no state of payment " + key + " is kept");
        } else if (tellers.length == 0) {
            missing.add("the state of payment " + key + " has no facts");
        }
        var gone = Arrays.stream(tellers)
                .filter(teller -> !index.exists(key, teller))
                .count();
        if (gone > 0) {
            missing.add("payment %s: of %d events that told its facts %d have no raw record any more"
                    .formatted(key, tellers.length, gone));
        }
    }
}
