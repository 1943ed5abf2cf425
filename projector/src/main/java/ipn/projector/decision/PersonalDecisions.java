package ipn.projector.decision;

import ipn.avro.Cause;
import ipn.avro.Claim;
import ipn.avro.ClaimKind;
import ipn.avro.ClaimStatus;
import ipn.avro.Decision;
import ipn.avro.DecisionTarget;
import ipn.avro.StoredDecision;
import ipn.decision.DecisionCause;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Decisions about the access of a subject as claims: each that counts makes one. */
public final class PersonalDecisions {
    private PersonalDecisions() {}

    /**
     * The claims of the decisions that count.
     *
     * @param stored all decisions about one thing
     * @param effective those that count now
     */
    public static List<Claim> claims(Collection<StoredDecision> stored, Collection<Decision> effective) {
        return stored.stream()
                .filter(each -> effective.contains(each.getDecision()))
                .flatMap(each -> claim(each).stream())
                .toList();
    }

    private static Optional<Claim> claim(StoredDecision stored) {
        var decision = stored.getDecision();
        if (decision.getTarget() != DecisionTarget.SUBJECT) {
            return Optional.empty();
        }
        return switch (decision.getKind()) {
            case GRANT, EXTEND ->
                Optional.of(claim(stored, ClaimKind.GOODWILL)
                        .setFrom(decision.getFrom())
                        .setUntil(decision.getUntil())
                        .build());
            case REVOKE -> Optional.of(claim(stored, ClaimKind.REVOKED).build());
            case TRANSFER ->
                Optional.of(claim(stored, ClaimKind.TRANSFER)
                        .setToSubject(decision.getToSubject())
                        .setPurchases(decision.getPurchases())
                        .build());
            default -> Optional.empty();
        };
    }

    private static Claim.Builder claim(StoredDecision stored, ClaimKind kind) {
        var decision = stored.getDecision();
        var key = DecisionCause.key(decision.getDecisionId());
        return Claim.newBuilder()
                .setClaimKey(key)
                .setPaymentKey(key)
                .setSubject(decision.getAbout())
                .setEntitlement(Objects.requireNonNull(decision.getEntitlement(), "entitlement"))
                .setScope(decision.getScope())
                .setProduct(Objects.requireNonNullElse(decision.getProduct(), ""))
                .setKind(kind)
                .setStatus(ClaimStatus.ACTIVE)
                .setAt(decision.getAt())
                .setPolicyVersion(Objects.requireNonNullElse(decision.getPolicyVersion(), ""))
                .setTest(false)
                .setCause(cause(stored, false));
    }

    /** The record of a decision as a cause. */
    public static Cause cause(StoredDecision stored, boolean byClock) {
        var source = stored.getSource();
        return new Cause(
                DecisionCause.key(stored.getDecision().getDecisionId()),
                source.getTopic(),
                source.getPartition(),
                source.getOffset(),
                byClock);
    }
}
