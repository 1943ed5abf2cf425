package ipn.projector.entitlement;

import ipn.avro.Claim;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The paid periods of one subscription, and what the gateway says of the subscription.
 *
 * @param paid periods whose money is with us, in question or not
 * @param lost periods whose money went back
 * @param failed periods that could not be collected
 * @param subscription the gateway's word; empty where it never spoke of it
 * @param grace how long access lasts while a renewal is awaited or has failed
 */
record Purchase(List<Claim> paid, List<Claim> lost, List<Claim> failed, Optional<Claim> subscription, Duration grace) {
    private static final Set<String> LOST = Set.of("REFUNDED", "DISPUTE_LOST");
    private static final Set<String> QUESTIONED = Set.of("DISPUTED", "FRAUD_FLAGGED");
    private static final Set<String> TERMINAL = Set.of("CANCELED", "EXPIRED", "UNPAID", "PAUSED");
    private static final Comparator<Claim> BY_END =
            Comparator.comparing(Claim::getUntil).thenComparing(Claim::getClaimKey);

    static Purchase of(List<Claim> claims, Duration grace) {
        return new Purchase(
                periods(claims)
                        .filter(claim -> !LOST.contains(claim.getStanding()) && !failedClaim(claim))
                        .toList(),
                periods(claims)
                        .filter(claim -> LOST.contains(claim.getStanding()))
                        .toList(),
                periods(claims).filter(Purchase::failedClaim).toList(),
                claims.stream()
                        .filter(claim -> claim.getKind().equals("SUBSCRIPTION"))
                        .findFirst(),
                grace);
    }

    Optional<Access> access(Instant now) {
        var newest = newest();
        if (newest.isEmpty()) {
            return lost.stream().max(BY_END).map(this::moneyGone);
        }
        var decisive = newest.get();
        var from = Stream.concat(paid.stream().map(Claim::getFrom), Stream.of(start(decisive)))
                .min(Comparator.naturalOrder())
                .orElseThrow();
        var until = decisive.getUntil();
        var ended = ended();
        if (ended.isPresent()) {
            var at = earlier(ended.get().getAt(), until);
            return Optional.of(Access.ended(
                    decisive,
                    from,
                    at,
                    at.equals(until) ? "RAN_OUT" : ended.get().getStanding()));
        }
        var questioned = paid.stream()
                .filter(claim -> QUESTIONED.contains(claim.getStanding())
                        && claim.getUntil().isAfter(now))
                .max(BY_END);
        return Optional.of(
                questioned.isPresent()
                        ? Access.suspended(questioned.get(), from, Optional.of(until))
                        : running(decisive, from, now));
    }

    /** The trial, or the paid period that ends last. */
    private Optional<Claim> newest() {
        var trial = subscription.filter(claim -> claim.getStanding().equals("TRIALING") && claim.getUntil() != null);
        return Stream.concat(paid.stream(), trial.stream()).max(BY_END);
    }

    /** The subscription's end, unless something was paid for after it. */
    private Optional<Claim> ended() {
        return subscription
                .filter(claim -> TERMINAL.contains(claim.getStanding()))
                .filter(this::stillHolds);
    }

    /** Not every gateway says that a subscription is well again; a period paid for later says it too. */
    private boolean stillHolds(Claim standing) {
        return paid.stream().noneMatch(period -> period.getFrom().isAfter(standing.getAt()));
    }

    private Access running(Claim decisive, Instant from, Instant now) {
        var paidUntil = decisive.getUntil();
        var end = subscription
                .map(Claim::getCancelAt)
                .filter(Objects::nonNull)
                .map(at -> earlier(at, paidUntil))
                .orElse(paidUntil);
        if (now.isBefore(end)) {
            return Access.active(
                    decisive, from, Optional.of(end), decisive.getKind().equals("SUBSCRIPTION") ? "TRIAL" : "PAID");
        }
        var renews = decisive.getSubscription() != null
                && subscription
                        .filter(claim -> claim.getCancelScheduled() || claim.getCancelAt() != null)
                        .isEmpty();
        if (!renews) {
            return Access.ended(decisive, from, end, "RAN_OUT");
        }
        var failedAt = failedAt(end);
        var graceUntil = failedAt.orElse(end).plus(grace);
        return now.isBefore(graceUntil)
                ? Access.grace(
                        decisive, from, end, graceUntil, failedAt.isPresent() ? "PAYMENT_FAILED" : "AWAITING_RENEWAL")
                : Access.ended(decisive, from, graceUntil, failedAt.isPresent() ? "PAYMENT_FAILED" : "RAN_OUT");
    }

    /** When the renewal after {@code end} failed first, not before {@code end}; empty where none is known to have. */
    private Optional<Instant> failedAt(Instant end) {
        var pastDue =
                subscription.filter(claim -> claim.getStanding().equals("PAST_DUE")).filter(this::stillHolds).stream();
        var unpaid = failed.stream().filter(claim -> !claim.getFrom().isBefore(end));
        return Stream.concat(pastDue, unpaid)
                .map(claim -> later(claim.getAt(), end))
                .min(Comparator.naturalOrder());
    }

    private Access moneyGone(Claim last) {
        var from =
                lost.stream().map(Claim::getFrom).min(Comparator.naturalOrder()).orElseThrow();
        return Access.ended(last, from, last.getAt(), last.getStanding());
    }

    private static Stream<Claim> periods(List<Claim> claims) {
        return claims.stream().filter(claim -> claim.getKind().equals("PERIOD"));
    }

    private static boolean failedClaim(Claim claim) {
        return claim.getStanding().equals("FAILED");
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
