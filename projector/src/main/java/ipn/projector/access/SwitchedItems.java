package ipn.projector.access;

import ipn.avro.Claim;
import ipn.avro.ClaimKind;
import ipn.avro.ClaimStatus;
import ipn.projector.allocation.Reversals;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Periods of products that are no longer items of their subscription. Where a gateway switches without a credit, such as from a year to
 * a month, the rest of the old period is lost once a period of the new item is paid.
 *
 * @param former products that the subscription is no longer for; empty where the gateway does not report its items
 * @param paid periods of other products that are paid
 */
record SwitchedItems(Set<String> former, List<Claim> paid) {

    static SwitchedItems of(List<Claim> claims) {
        var former = claims.stream()
                .flatMap(claim -> claim.getFormerProducts().stream())
                .collect(Collectors.toUnmodifiableSet());
        return new SwitchedItems(
                former, claims.stream().filter(claim -> isPaid(claim, former)).toList());
    }

    /** The period, ended where the first paid period of an item that replaced it starts. */
    Claim cut(Claim period) {
        var starts = paid.stream().map(Claim::getFrom).filter(start -> isWithin(start, period));
        return former.contains(period.getProduct()) ? PeriodEnds.endedAtFirst(period, starts) : period;
    }

    private static boolean isPaid(Claim claim, Set<String> former) {
        return claim.getKind() == ClaimKind.PERIOD
                && !former.contains(claim.getProduct())
                && claim.getStatus() != ClaimStatus.CREDITED
                && claim.getStatus() != ClaimStatus.FAILED
                && !Reversals.isReversed(claim.getStatus());
    }

    private static boolean isWithin(Instant start, Claim period) {
        return start.isAfter(period.getFrom()) && start.isBefore(period.getUntil());
    }
}
