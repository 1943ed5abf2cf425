package ipn.projector.access;

import ipn.avro.Claim;
import ipn.avro.ClaimKind;
import ipn.avro.EntitlementStatus;
import ipn.projector.catalogue.Product;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Derives access to one entitlement from all claims to it. The same claims at the same time give the same access. */
public final class AccessRules {
    /** A time after all others, for access without an end. */
    private static final Instant NEVER = Instant.MAX;

    private static final Comparator<Access> BEST_LAST = Comparator.comparing(Access::status, Comparator.reverseOrder())
            .thenComparing(access -> access.end().orElse(NEVER))
            .thenComparing(access -> access.decisive().getClaimKey(), Comparator.reverseOrder());

    private AccessRules() {}

    /**
     * The best access that any purchase gives: access lasts as long as that of any of them.
     *
     * @param products of claims, each as the version of the catalogue has it that judged the claim
     * @return empty where nothing was ever paid
     */
    public static Optional<Access> derive(
            Collection<Claim> claims, Function<Claim, Optional<Product>> products, Instant now) {
        return PersonalClaims.revoked(claims, purchased(PersonalClaims.counted(claims), products, now));
    }

    private static Optional<Access> purchased(
            List<Claim> claims, Function<Claim, Optional<Product>> products, Instant now) {
        var purchases = claims.stream()
                .sorted(Comparator.comparing(Claim::getClaimKey))
                .collect(Collectors.groupingBy(AccessRules::purchase, TreeMap::new, Collectors.toList()));
        var each = purchases.values().stream()
                .flatMap(purchase -> access(purchase, products, now).stream())
                .toList();
        return each.stream().max(BEST_LAST).map(best -> together(best, each));
    }

    /** Paid periods and their subscription are one purchase; anything else stands alone. */
    private static String purchase(Claim claim) {
        var subscription = claim.getSubscription();
        return subscription == null ? claim.getClaimKey() : subscription;
    }

    private static Optional<Access> access(
            List<Claim> purchase, Function<Claim, Optional<Product>> products, Instant now) {
        var first = purchase.get(0);
        if (first.getKind() == ClaimKind.GOODWILL) {
            return Optional.of(PersonalClaims.granted(first, now));
        }
        return first.getKind() == ClaimKind.ONCE
                ? Optional.of(once(first))
                : Purchase.group(purchase, products).access(now);
    }

    private static Access once(Claim claim) {
        var from = claim.getFrom();
        return switch (claim.getStatus()) {
            case PAID -> Access.forever(claim, from);
            case DISPUTED, FRAUD_FLAGGED -> Access.suspended(claim, from, Optional.empty());
            case FAILED,
                    REFUNDED,
                    DISPUTE_LOST,
                    PENDING,
                    TRIALING,
                    ACTIVE,
                    PAST_DUE,
                    UNPAID,
                    PAUSED,
                    CANCELED,
                    EXPIRED,
                    WITHDRAWN,
                    CREDITED,
                    UNKNOWN -> Access.ended(claim, from, claim.getAt(), AccessReasons.of(claim.getStatus()));
        };
    }

    /** The best access, from the start of the earliest with its status, derived again when any purchase changes. */
    private static Access together(Access best, List<Access> each) {
        var from = each.stream()
                .filter(access -> access.status() == best.status() && access.status() != EntitlementStatus.ENDED)
                .map(Access::from)
                .min(Comparator.naturalOrder())
                .orElse(best.from());
        var nextCheck =
                each.stream().flatMap(access -> access.nextCheck().stream()).min(Comparator.naturalOrder());
        return new Access(
                best.status(),
                from,
                best.until(),
                best.graceUntil(),
                best.reason(),
                best.decisive(),
                nextCheck,
                knownEnd(each));
    }

    /** The end of the last that gives access, where each of them is known to end. */
    private static Optional<Instant> knownEnd(List<Access> each) {
        var open = each.stream().filter(Access::isOpen).toList();
        return open.stream().allMatch(access -> access.knownEnd().isPresent())
                ? open.stream().flatMap(access -> access.knownEnd().stream()).max(Comparator.naturalOrder())
                : Optional.empty();
    }
}
