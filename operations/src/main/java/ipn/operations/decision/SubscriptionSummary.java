package ipn.operations.decision;

import ipn.avro.Claim;
import ipn.avro.ClaimKind;
import ipn.avro.ClaimStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * One subscription behind an entitlement, as the claims of its user say.
 *
 * @param paymentKey of the subscription
 * @param reported what the gateway reports of the subscription itself; empty if only paid periods are known
 * @param periods its paid periods, the earliest first
 */
public record SubscriptionSummary(String paymentKey, Optional<Claim> reported, List<Claim> periods) {
    private static final Set<ClaimStatus> RUNNING =
            EnumSet.of(ClaimStatus.TRIALING, ClaimStatus.ACTIVE, ClaimStatus.PAST_DUE);
    private static final Comparator<Claim> EARLIEST_END_FIRST =
            Comparator.comparing(Claim::getUntil, Comparator.nullsFirst(Comparator.naturalOrder()));

    public SubscriptionSummary {
        periods = List.copyOf(periods);
    }

    /** Of the claims to one entitlement, sorted by key; without those that were transferred to another user. */
    public static List<SubscriptionSummary> of(List<Claim> claims) {
        var gone = claims.stream()
                .filter(claim -> claim.getKind() == ClaimKind.TRANSFER)
                .flatMap(transfer -> transfer.getPurchases().stream())
                .toList();
        var byKey = new TreeMap<String, List<Claim>>();
        claims.stream()
                .filter(claim -> claim.getKind() == ClaimKind.SUBSCRIPTION || claim.getKind() == ClaimKind.PERIOD)
                .forEach(claim -> key(claim)
                        .filter(key -> !gone.contains(key))
                        .ifPresent(key -> byKey.computeIfAbsent(key, each -> new ArrayList<>())
                                .add(claim)));
        return byKey.entrySet().stream()
                .map(entry -> new SubscriptionSummary(
                        entry.getKey(),
                        ofKind(entry.getValue(), ClaimKind.SUBSCRIPTION).findFirst(),
                        ofKind(entry.getValue(), ClaimKind.PERIOD)
                                .sorted(EARLIEST_END_FIRST)
                                .toList()))
                .toList();
    }

    private static Optional<String> key(Claim claim) {
        return claim.getSubscription() == null && claim.getKind() == ClaimKind.SUBSCRIPTION
                ? Optional.of(claim.getPaymentKey())
                : Optional.ofNullable(claim.getSubscription());
    }

    private static Stream<Claim> ofKind(List<Claim> claims, ClaimKind kind) {
        return claims.stream().filter(claim -> claim.getKind() == kind);
    }

    /** Whether the gateway will collect again; false also where it reports no subscription. */
    public boolean renews() {
        return reported.filter(claim -> RUNNING.contains(claim.getStatus()) && !claim.getCancelScheduled())
                .isPresent();
    }

    /** The end of what is paid for. */
    public Optional<Instant> paidUntil() {
        return periods.stream()
                .filter(claim -> claim.getStatus() == ClaimStatus.PAID)
                .map(Claim::getUntil)
                .filter(Objects::nonNull)
                .max(Comparator.naturalOrder());
    }

    /** In one line: its key, its status, until when it is paid, and whether it renews. */
    public String text() {
        var text = new StringBuilder(paymentKey);
        reported.ifPresent(claim -> text.append(' ').append(claim.getStatus()));
        paidUntil().ifPresent(until -> text.append(", paid until ").append(until));
        newestPeriod()
                .filter(claim -> claim.getStatus() != ClaimStatus.PAID)
                .ifPresent(claim -> text.append(", its newest period is ").append(claim.getStatus()));
        return text.append(renewal()).toString();
    }

    private Optional<Claim> newestPeriod() {
        return periods.isEmpty() ? Optional.empty() : Optional.of(periods.get(periods.size() - 1));
    }

    private String renewal() {
        if (reported.isEmpty()) {
            return ", whether it renews is not reported";
        }
        if (renews()) {
            return ", renews";
        }
        return reported.get().getCancelScheduled() ? ", canceled: does not renew" : ", does not renew";
    }
}
