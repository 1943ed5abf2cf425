package ipn.decision;

import ipn.avro.Decision;
import ipn.avro.DecisionKind;
import ipn.avro.DecisionTarget;
import java.time.Instant;

/** Decisions to test with. */
final class TestDecisions {
    static final Instant NOON = Instant.parse("2026-09-01T12:00:00Z");
    static final String PAYMENT = "stripe/main/ch_1";
    static final String HASH = "0123456789abcdef".repeat(4);

    private TestDecisions() {}

    static Decision.Builder decision(String id, DecisionKind kind) {
        return Decision.newBuilder()
                .setDecisionId(id)
                .setKind(kind)
                .setTarget(DecisionTarget.PAYMENT)
                .setAbout(PAYMENT)
                .setBy("ada")
                .setAt(NOON)
                .setWhy("looked into");
    }

    static Decision.Builder accept(String id) {
        return decision(id, DecisionKind.ACCEPT)
                .setDiscrepancy("UNDERPAID/" + PAYMENT)
                .setDiscrepancyContent(HASH);
    }

    static Decision.Builder about(String id, DecisionKind kind, String of) {
        return decision(id, kind).setOf(of);
    }
}
