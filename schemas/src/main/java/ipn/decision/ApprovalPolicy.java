package ipn.decision;

import ipn.avro.DecisionKind;
import java.time.Instant;

/** Which kinds of decisions need the approval of a second person: by the policy in force when they were made, whatever their records claim. */
@FunctionalInterface
public interface ApprovalPolicy {
    /** No kind. */
    ApprovalPolicy NONE = (kind, at) -> false;

    /** Whether a decision of a kind that was made at a time needs it. */
    boolean requires(DecisionKind kind, Instant at);
}
