package ipn.projector.access;

import ipn.avro.Claim;
import ipn.projector.allocation.Reversals;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The paid periods of one subscription, and what the gateway says of the subscription.
 *
 * @param paid periods whose money is with us, in question or not
 * @param lost periods whose money went back
 * @param failed periods that could not be collected
 * @param subscription the gateway's word; empty where it never spoke of it
 * @param graces how long access lasts while a renewal is awaited or has failed, by product
 */
record Purchase(
        List<Claim> paid,
        List<Claim> lost,
        List<Claim> failed,
        Optional<Claim> subscription,
        Function<String, Duration> graces) {
    private static final Set<String> QUESTIONED = Set.of("DISPUTED", "FRAUD_FLAGGED");
    private static final Set<String> TERMINAL = Set.of("CANCELED", "EXPIRED", "UNPAID");
    private static final Set<String> PAUSED = Set.of("PAUSED");
    /** Of two that end together the one that began later replaces the other. */
    private static final Comparator<Claim> BY_END =
            Comparator.comparing(Claim::getUntil).thenComparing(Purchase::start).thenComparing(Claim::getClaimKey);

    static Purchase of(List<Claim> claims, Function<String, Duration> graces) {
        return new Purchase(
                periods(claims)
                        .filter(claim -> !Reversals.tookBack(claim.getStatus()) && !failedClaim(claim))
                        .toList(),
                periods(claims)
                        .filter(claim -> Reversals.tookBack(claim.getStatus()))
                        .toList(),
                periods(claims).filter(Purchase::failedClaim).toList(),
                claims.stream()
                        .filter(claim -> claim.getKind().equals("SUBSCRIPTION"))
                        .findFirst(),
                graces);
    }

    Optional<Access> access(Instant now) {
        return newest().map(decisive -> access(decisive, from(decisive), now))
                .or(() -> lost.stream().max(BY_END).map(this::moneyGone));
    }

    private Access access(Claim decisive, Instant from, Instant now) {
        var ended = says(TERMINAL);
        if (ended.isPresent()) {
            return ended(decisive, from, ended.get());
        }
        var paused = says(PAUSED);
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

    /** The trial, or the paid period that ends last. A trial stays one when it is over and the first payment is awaited. */
    private Optional<Claim> newest() {
        var trial = subscription.filter(
                claim -> claim.getUntil() != null && !claim.getStatus().equals("PENDING"));
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

    /** The subscription, where its standing is one of these and nothing was paid for after it. */
    private Optional<Claim> says(Set<String> standings) {
        return subscription
                .filter(claim -> standings.contains(claim.getStatus()))
                .filter(this::stillHolds);
    }

    /** Not every gateway says that a subscription is well again; a period paid for later says it too. */
    private boolean stillHolds(Claim standing) {
        return paid.stream().noneMatch(period -> period.getFrom().isAfter(standing.getAt()));
    }

    private Access ended(Claim decisive, Instant from, Claim standing) {
        var end = end(decisive);
        var failed = failedAt(end);
        var last = renews(decisive, end) ? failed.orElse(end).plus(grace(decisive)) : end;
        var at = earlier(standing.getAt(), last);
        if (at.isBefore(end)) {
            return Access.ended(decisive, from, at, standing.getStatus());
        }
        var unpaid = failed.isPresent() || standing.getStatus().equals("UNPAID");
        return Access.ended(decisive, from, at, unpaid ? "PAYMENT_FAILED" : "RAN_OUT");
    }

    private Access running(Claim decisive, Instant from, Instant now) {
        var end = end(decisive);
        var renews = renews(decisive, end);
        if (now.isBefore(end)) {
            var reason = decisive.getKind().equals("SUBSCRIPTION") ? "TRIAL" : "PAID";
            return Access.active(decisive, from, end, renews, reason);
        }
        var givenBack = lostAfter(end).filter(claim -> claim.getAt().isAfter(end));
        if (givenBack.isPresent()) {
            return moneyGone(from, givenBack.get());
        }
        if (!renews) {
            return Access.ended(decisive, from, end, "RAN_OUT");
        }
        var failedAt = failedAt(end);
        var graceUntil = failedAt.orElse(end).plus(grace(decisive));
        return now.isBefore(graceUntil)
                ? Access.grace(
                        decisive, from, end, graceUntil, failedAt.isPresent() ? "PAYMENT_FAILED" : "AWAITING_RENEWAL")
                : Access.ended(decisive, from, graceUntil, failedAt.isPresent() ? "PAYMENT_FAILED" : "RAN_OUT");
    }

    private Instant end(Claim decisive) {
        return subscription
                .map(Claim::getCancelAt)
                .filter(Objects::nonNull)
                .map(at -> earlier(at, decisive.getUntil()))
                .orElse(decisive.getUntil());
    }

    /** A renewal whose money went back is no longer awaited. */
    private boolean renews(Claim decisive, Instant end) {
        return decisive.getSubscription() != null
                && subscription
                        .filter(claim -> claim.getCancelScheduled() || claim.getCancelAt() != null)
                        .isEmpty()
                && lostAfter(end).isEmpty();
    }

    private Optional<Claim> lostAfter(Instant end) {
        return lost.stream().filter(claim -> !claim.getFrom().isBefore(end)).max(BY_END);
    }

    private Duration grace(Claim claim) {
        return graces.apply(claim.getProduct());
    }

    /** When the renewal after {@code end} failed first, not before {@code end}; empty where none is known to have. */
    private Optional<Instant> failedAt(Instant end) {
        var pastDue =
                subscription.filter(claim -> claim.getStatus().equals("PAST_DUE")).filter(this::stillHolds).stream();
        var unpaid = failed.stream().filter(claim -> !claim.getFrom().isBefore(end));
        return Stream.concat(pastDue, unpaid)
                .map(claim -> later(claim.getAt(), end))
                .min(Comparator.naturalOrder());
    }

    private Access moneyGone(Claim last) {
        var from =
                lost.stream().map(Claim::getFrom).min(Comparator.naturalOrder()).orElseThrow();
        return moneyGone(from, last);
    }

    private static Access moneyGone(Instant from, Claim last) {
        return Access.ended(last, from, last.getAt(), last.getStatus());
    }

    private static Stream<Claim> periods(List<Claim> claims) {
        return claims.stream().filter(claim -> claim.getKind().equals("PERIOD"));
    }

    private static boolean failedClaim(Claim claim) {
        return claim.getStatus().equals("FAILED");
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
