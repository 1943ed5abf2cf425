package ipn.projector.access;

import ipn.avro.AccessReason;
import ipn.avro.Claim;
import ipn.avro.ClaimKind;
import ipn.avro.ClaimStatus;
import ipn.projector.allocation.Reversals;
import ipn.projector.catalogue.Cancellation;
import ipn.projector.catalogue.Product;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The periods of one subscription, and the status that the gateway reported of it.
 *
 * @param paid periods whose money was not reversed, in question or not
 * @param lost periods whose money was refunded or lost to a dispute
 * @param failed periods that could not be collected
 * @param credited time that was paid for and credited as unused
 * @param subscription the claim of the subscription itself; empty where the gateway reported none
 * @param products of claims, each as the version of the catalogue has it that judged the claim
 */
record Purchase(
        List<Claim> paid,
        List<Claim> lost,
        List<Claim> failed,
        CreditedTime credited,
        Optional<Claim> subscription,
        Function<Claim, Optional<Product>> products) {
    private static final Set<ClaimStatus> QUESTIONED = EnumSet.of(ClaimStatus.DISPUTED, ClaimStatus.FRAUD_FLAGGED);
    private static final Set<ClaimStatus> TERMINAL =
            EnumSet.of(ClaimStatus.CANCELED, ClaimStatus.EXPIRED, ClaimStatus.UNPAID);
    private static final Set<ClaimStatus> PAUSED = EnumSet.of(ClaimStatus.PAUSED);
    /** Of two that end together the one that began later replaces the other. */
    private static final Comparator<Claim> BY_END =
            Comparator.comparing(Claim::getUntil).thenComparing(Purchase::start).thenComparing(Claim::getClaimKey);

    static Purchase group(List<Claim> all, Function<Claim, Optional<Product>> products) {
        var claims = ImportedPeriods.counted(PeriodEnds.anchored(all, products));
        var credited = CreditedTime.of(claims);
        var switched = SwitchedItems.of(claims);
        return new Purchase(
                periods(claims)
                        .filter(claim -> !Reversals.isReversed(claim.getStatus()) && !failedClaim(claim))
                        .map(credited::cut)
                        .map(switched::cut)
                        .toList(),
                periods(claims)
                        .filter(claim -> Reversals.isReversed(claim.getStatus()))
                        .toList(),
                periods(claims).filter(Purchase::failedClaim).toList(),
                credited,
                claims.stream()
                        .filter(claim -> claim.getKind() == ClaimKind.SUBSCRIPTION)
                        .findFirst(),
                products);
    }

    Optional<Access> access(Instant now) {
        return newest().map(decisive -> access(decisive, from(decisive), now))
                .or(() -> lost.stream().max(BY_END).map(this::reversed));
    }

    private Access access(Claim decisive, Instant from, Instant now) {
        var ended = reported(TERMINAL).filter(claim -> !keepsPaidTime(decisive, claim));
        if (ended.isPresent()) {
            return ended(decisive, from, ended.get());
        }
        var paused = reported(PAUSED);
        if (paused.isPresent()) {
            return Access.paused(paused.get(), from, decisive.getUntil());
        }
        return paid.stream()
                .filter(claim -> QUESTIONED.contains(claim.getStatus())
                        && claim.getUntil().isAfter(now))
                .max(BY_END)
                .map(questioned -> Access.suspended(questioned, from, Optional.of(decisive.getUntil())))
                .orElseGet(() -> running(decisive, from, now));
    }

    /** Whether what is paid for outlasts the cancellation; a trial is not paid for. */
    private boolean keepsPaidTime(Claim decisive, Claim reported) {
        return reported.getStatus() == ClaimStatus.CANCELED
                && decisive.getKind() == ClaimKind.PERIOD
                && reported.getAt().isBefore(end(decisive))
                && product(decisive).map(Product::cancellation).orElse(Cancellation.AT_PERIOD_END)
                        == Cancellation.AT_PERIOD_END;
    }

    /** The trial, or the paid period that ends last. A trial stays one when it is over and the first payment is awaited. */
    private Optional<Claim> newest() {
        var trial = subscription.filter(claim -> claim.getUntil() != null && claim.getStatus() != ClaimStatus.PENDING);
        return Stream.concat(paid.stream(), trial.stream()).max(BY_END);
    }

    /** Start of the periods that follow on each other up to the decisive one; a subscriber won back starts anew. */
    private Instant from(Claim decisive) {
        var from = earlier(start(decisive), decisive.getUntil());
        for (var period : paid.stream().sorted(BY_END.reversed()).toList()) {
            if (!period.getUntil().plus(grace(period)).isBefore(from)) {
                from = earlier(from, period.getFrom());
            }
        }
        return from;
    }

    /** The claim of the subscription, where its status is one of these and no later period was paid. */
    private Optional<Claim> reported(Set<ClaimStatus> statuses) {
        return subscription
                .filter(claim -> statuses.contains(claim.getStatus()))
                .filter(this::stillHolds);
    }

    /** Not every gateway reports that a subscription is active again; a period paid later proves it too. */
    private boolean stillHolds(Claim reported) {
        return paid.stream().noneMatch(period -> period.getFrom().isAfter(reported.getAt()));
    }

    private Access ended(Claim decisive, Instant from, Claim reported) {
        var end = end(decisive);
        var failed = failedAt(end);
        var renews = renews(decisive, end);
        var last = renews ? failed.orElse(end).plus(grace(decisive)) : end;
        var at = earlier(reported.getAt(), last);
        if (at.isBefore(end)) {
            return Access.ended(decisive, from, at, AccessReasons.of(reported.getStatus()));
        }
        var unpaid = renews && (failed.isPresent() || reported.getStatus() == ClaimStatus.UNPAID);
        return Access.ended(decisive, from, at, unpaid ? AccessReason.PAYMENT_FAILED : notRenewed(decisive, end));
    }

    private Access running(Claim decisive, Instant from, Instant now) {
        var end = end(decisive);
        var renews = renews(decisive, end);
        if (now.isBefore(end)) {
            var reason = decisive.getKind() == ClaimKind.SUBSCRIPTION ? AccessReason.TRIAL : AccessReason.PAID;
            return Access.active(decisive, from, end, renews, reason);
        }
        var givenBack = lostAfter(end).filter(claim -> claim.getAt().isAfter(end));
        if (givenBack.isPresent()) {
            return reversed(from, givenBack.get());
        }
        if (!renews) {
            return Access.ended(decisive, from, end, notRenewed(decisive, end));
        }
        var failedAt = failedAt(end);
        var graceUntil = gatewayGrace(end).orElseGet(() -> failedAt.orElse(end).plus(grace(decisive)));
        return now.isBefore(graceUntil)
                ? Access.grace(
                        decisive,
                        from,
                        end,
                        graceUntil,
                        failedAt.isPresent() ? AccessReason.PAYMENT_FAILED : AccessReason.AWAITING_RENEWAL)
                : Access.ended(
                        decisive,
                        from,
                        graceUntil,
                        failedAt.isPresent() ? AccessReason.PAYMENT_FAILED : AccessReason.RAN_OUT);
    }

    /** Why access ended that nothing was to renew. */
    private AccessReason notRenewed(Claim decisive, Instant end) {
        return credited.ended(decisive, end) ? AccessReason.SWITCHED : AccessReason.RAN_OUT;
    }

    private Instant end(Claim decisive) {
        return subscription
                .map(Claim::getCancelAt)
                .filter(Objects::nonNull)
                .map(at -> earlier(at, decisive.getUntil()))
                .orElse(decisive.getUntil());
    }

    /** A renewal whose money was refunded is no longer awaited. */
    private boolean renews(Claim decisive, Instant end) {
        return decisive.getSubscription() != null
                && !credited.ended(decisive, end)
                && subscription
                        .filter(claim -> claim.getCancelScheduled() || claim.getCancelAt() != null)
                        .isEmpty()
                && reported(TERMINAL)
                        .filter(claim -> keepsPaidTime(decisive, claim))
                        .isEmpty()
                && lostAfter(end).isEmpty();
    }

    private Optional<Claim> lostAfter(Instant end) {
        return lost.stream().filter(claim -> !claim.getFrom().isBefore(end)).max(BY_END);
    }

    /** The end of the gateway's own grace period; empty where it reported none for the renewal after {@code end}. */
    private Optional<Instant> gatewayGrace(Instant end) {
        return reported(EnumSet.of(ClaimStatus.PAST_DUE))
                .map(Claim::getGraceUntil)
                .filter(until -> until.isAfter(end));
    }

    private Duration grace(Claim claim) {
        return product(claim).map(Product::grace).orElse(Duration.ZERO);
    }

    private Optional<Product> product(Claim claim) {
        return products.apply(claim);
    }

    /** When the renewal after {@code end} failed first, not before {@code end}; empty where none is known to have. */
    private Optional<Instant> failedAt(Instant end) {
        var pastDue =
                subscription
                        .filter(claim -> claim.getStatus() == ClaimStatus.PAST_DUE)
                        .filter(this::stillHolds)
                        .stream();
        var unpaid = failed.stream().filter(claim -> !claim.getFrom().isBefore(end));
        return Stream.concat(pastDue, unpaid)
                .map(claim -> later(claim.getAt(), end))
                .min(Comparator.naturalOrder());
    }

    private Access reversed(Claim last) {
        var from =
                lost.stream().map(Claim::getFrom).min(Comparator.naturalOrder()).orElseThrow();
        return reversed(from, last);
    }

    private static Access reversed(Instant from, Claim last) {
        return Access.ended(last, from, last.getAt(), AccessReasons.of(last.getStatus()));
    }

    private static Stream<Claim> periods(List<Claim> claims) {
        return claims.stream()
                .filter(claim -> claim.getKind() == ClaimKind.PERIOD && claim.getStatus() != ClaimStatus.CREDITED);
    }

    private static boolean failedClaim(Claim claim) {
        return claim.getStatus() == ClaimStatus.FAILED;
    }

    private static Instant start(Claim claim) {
        return claim.getFrom() == null ? claim.getAt() : claim.getFrom();
    }

    private static Instant earlier(Instant a, Instant b) {
        return a.isBefore(b) ? a : b;
    }

    private static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }
}
