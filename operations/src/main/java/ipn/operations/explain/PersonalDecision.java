package ipn.operations.explain;

import ipn.avro.AccessReason;
import ipn.avro.Claim;
import ipn.avro.ClaimKind;
import ipn.avro.Decision;
import ipn.avro.DecisionKind;
import ipn.avro.EntitlementEvent;
import ipn.decision.DecisionCause;
import ipn.decision.Decisions;
import ipn.operations.decision.DecisionView;
import ipn.operations.decision.DecisionView.DecisionStatus;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which decision of a person made the access of a subject what it is: a grant, the revocation that ends it, or the transfer that gave or
 * took the purchase. The event names the payment, also where a decision outranks it.
 */
record PersonalDecision(String subject, List<DecisionView> decisions) {
    private static final Comparator<DecisionView> EARLIEST_FIRST =
            Comparator.comparing(DecisionView::decision, Decisions.EARLIEST_FIRST);

    /** @param decisive the claim that decides; null: not known */
    Optional<DecisionView> of(EntitlementEvent last, @Nullable Claim decisive) {
        return switch (last.getReason()) {
            case REVOKED ->
                counting(last, DecisionKind.REVOKE, each -> each.getAbout().equals(subject))
                        .findFirst();
            case WITHDRAWN ->
                newest(counting(
                        last, DecisionKind.TRANSFER, each -> each.getAbout().equals(subject)));
            case GRANTED -> named(last.getPaymentKey());
            default -> transferredHere(last, decisive);
        };
    }

    private Optional<DecisionView> transferredHere(EntitlementEvent last, @Nullable Claim decisive) {
        if (decisive != null && decisive.getTransferredFrom() == null) {
            return Optional.empty();
        }
        return newest(counting(
                last,
                DecisionKind.TRANSFER,
                each -> subject.equals(each.getToSubject())
                        && (decisive == null || each.getAbout().equals(decisive.getTransferredFrom()))));
    }

    private Optional<DecisionView> named(@Nullable String key) {
        return decisions.stream()
                .filter(view ->
                        DecisionCause.key(view.decision().getDecisionId()).equals(key))
                .findFirst();
    }

    /** Decisions of this kind about the entitlement and its scope that count, the earliest first. */
    private Stream<DecisionView> counting(EntitlementEvent last, DecisionKind kind, Predicate<Decision> which) {
        return decisions.stream()
                .filter(view -> view.status() == DecisionStatus.EFFECTIVE)
                .filter(view -> view.decision().getKind() == kind && which.test(view.decision()))
                .filter(view -> Objects.equals(
                                last.getEntitlement(), view.decision().getEntitlement())
                        && Objects.equals(last.getScope(), view.decision().getScope()))
                .sorted(EARLIEST_FIRST);
    }

    private static Optional<DecisionView> newest(Stream<DecisionView> earliestFirst) {
        return earliestFirst.reduce((earlier, later) -> later);
    }

    /** The claim of the decision that ends access, because the payment of the event does not decide then. */
    static Optional<Claim> ending(List<Claim> claims, EntitlementEvent last) {
        var earliestFirst = claims.stream()
                .filter(claim -> claim.getKind() == ended(last.getReason()))
                .sorted(Comparator.comparing(Claim::getAt).thenComparing(Claim::getClaimKey));
        return last.getReason() == AccessReason.REVOKED
                ? earliestFirst.findFirst()
                : earliestFirst.reduce((earlier, later) -> later);
    }

    private static @Nullable ClaimKind ended(AccessReason reason) {
        return switch (reason) {
            case REVOKED -> ClaimKind.REVOKED;
            case WITHDRAWN -> ClaimKind.TRANSFER;
            default -> null;
        };
    }

    /** What a person did, as a clause; empty where the payment gives the reason. */
    static Optional<String> clause(DecisionView view) {
        var decision = view.decision();
        var did = switch (decision.getKind()) {
            case REVOKE -> "%s revoked it".formatted(decision.getBy());
            case TRANSFER -> "%s transferred it to %s".formatted(decision.getBy(), decision.getToSubject());
            case GRANT -> "%s granted it without money".formatted(decision.getBy());
            case EXTEND -> "%s extended it without money".formatted(decision.getBy());
            default -> null;
        };
        return Optional.ofNullable(did)
                .map(text -> "%s (\"%s\", decision %s)".formatted(text, decision.getWhy(), decision.getDecisionId()));
    }
}
