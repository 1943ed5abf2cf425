package ipn.projector.access;

import ipn.avro.Claim;
import ipn.avro.ClaimKind;
import ipn.avro.ClaimStatus;
import ipn.topics.ByteLimits;
import ipn.topics.EncodedSize;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which claims of an entitlement are kept. Anybody can make claims that cost nothing, such as a subscription that is never paid and
 * names another user; so those have a bound of their own, and never push out one that proves money. What people decided has its own bound too.
 */
final class ClaimLimits {
    /** Claims of purchases that prove money: those that reach furthest. */
    static final int PAID_MAX = 512;
    /** Claims of purchases that prove none, such as trials and failed payments. */
    static final int UNPAID_MAX = 64;

    /** What people decided: as many as there are decisions about a subject. */
    static final int DECIDED_MAX = 256;

    private static final Comparator<Claim> FURTHEST_FIRST = Comparator.comparing(
                    (Claim claim) -> claim.getUntil() == null ? Instant.MAX : claim.getUntil())
            .reversed()
            .thenComparing(Claim::getClaimKey);

    private ClaimLimits() {}

    /** A claim that alone exceeds a bound has texts that no payment can have: it becomes a dead letter, and nothing is written. */
    static void requireFits(Claim claim) {
        var bytes = new EncodedSize(Claim.getClassSchema()).of(claim);
        if (bytes > ByteLimits.UNPAID_CLAIMS) {
            throw new IllegalArgumentException(
                    "claim: %d bytes (expected: at most %d)".formatted(bytes, ByteLimits.UNPAID_CLAIMS));
        }
    }

    /** Those to keep, sorted by claim key, within bounds in number and in bytes. Taking the furthest of a union does not depend on its order. */
    static List<Claim> keep(Collection<Claim> claims) {
        Set<String> paid = claims.stream()
                .filter(claim -> !PersonalClaims.isDecided(claim))
                .filter(ClaimLimits::provesMoney)
                .map(ClaimLimits::purchase)
                .collect(Collectors.toSet());
        Predicate<Claim> isPaid = claim -> !PersonalClaims.isDecided(claim) && paid.contains(purchase(claim));
        Predicate<Claim> isDecided = PersonalClaims::isDecided;
        return Stream.of(
                        furthest(claims, isDecided, DECIDED_MAX, ByteLimits.DECIDED_CLAIMS),
                        furthest(claims, isPaid, PAID_MAX, ByteLimits.PAID_CLAIMS),
                        furthest(claims, isPaid.or(isDecided).negate(), UNPAID_MAX, ByteLimits.UNPAID_CLAIMS))
                .flatMap(each -> each)
                .sorted(Comparator.comparing(Claim::getClaimKey))
                .toList();
    }

    private static Stream<Claim> furthest(Collection<Claim> claims, Predicate<Claim> which, int max, int bytesMax) {
        var ranked = claims.stream().filter(which).sorted(FURTHEST_FIRST);
        return new EncodedSize(Claim.getClassSchema()).fitting(ranked, max, bytesMax).stream();
    }

    /** Only an operator can import a period, and only after it was paid. */
    private static boolean provesMoney(Claim claim) {
        return claim.getImported()
                || claim.getKind() != ClaimKind.SUBSCRIPTION
                        && claim.getStatus() != ClaimStatus.FAILED
                        && claim.getAmount() != null
                        && claim.getAmount() > 0;
    }

    private static String purchase(Claim claim) {
        return claim.getSubscription() == null ? claim.getClaimKey() : claim.getSubscription();
    }
}
