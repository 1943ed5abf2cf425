package ipn.operations.explain;

import ipn.avro.AccessReason;
import ipn.avro.Claim;
import ipn.avro.ClaimKind;
import ipn.avro.ClaimStatus;
import ipn.avro.EntitlementStatus;
import ipn.operations.decision.SubscriptionSummary;
import ipn.operations.explain.Explanation.Holding;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What follows the sentence about an entitlement: its subscriptions, where there are several or a person decided, and whether the one that
 * there is renews. Without claims, and so of a past time, it is empty.
 */
record PurchaseSentence(Holding holding, Instant at) {

    String text() {
        var subscriptions = SubscriptionSummary.of(holding.claims());
        if (isGranted()) {
            return also(subscriptions);
        }
        if (subscriptions.size() > 1) {
            return " Its subscriptions: %s.".formatted(list(subscriptions));
        }
        return subscriptions.stream()
                .filter(only -> holding.last().getStatus() == EntitlementStatus.ACTIVE
                        && only.reported().isPresent())
                .map(only -> only.renews() ? " It renews." : " It does not renew.")
                .findFirst()
                .orElse("");
    }

    private boolean isGranted() {
        return holding.last().getReason() == AccessReason.GRANTED;
    }

    /** What is paid for beside what a person granted. */
    private String also(List<SubscriptionSummary> subscriptions) {
        var paid = Stream.concat(
                        subscriptions.stream().map(SubscriptionSummary::text),
                        holding.claims().stream().filter(this::isPaidOnce).map(PurchaseSentence::once))
                .toList();
        return paid.isEmpty() ? "" : " Beside that there is: %s.".formatted(String.join("; ", paid));
    }

    private boolean isPaidOnce(Claim claim) {
        return (claim.getKind() == ClaimKind.ONCE
                        || claim.getKind() == ClaimKind.PERIOD && claim.getSubscription() == null)
                && claim.getStatus() == ClaimStatus.PAID
                && (claim.getUntil() == null || claim.getUntil().isAfter(at));
    }

    private static String once(Claim claim) {
        return claim.getPaymentKey()
                + (claim.getUntil() == null ? ", paid without an end" : ", paid until " + claim.getUntil());
    }

    private static String list(List<SubscriptionSummary> subscriptions) {
        return subscriptions.stream().map(SubscriptionSummary::text).collect(Collectors.joining("; "));
    }
}
