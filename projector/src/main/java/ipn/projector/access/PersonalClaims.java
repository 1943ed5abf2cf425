package ipn.projector.access;

import ipn.avro.AccessReason;
import ipn.avro.Cause;
import ipn.avro.Claim;
import ipn.avro.ClaimKind;
import ipn.avro.EntitlementStatus;
import ipn.decision.PurchaseName;
import ipn.key.ClaimKey;
import ipn.projector.allocation.ClaimChanges;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What people decided about the access of a subject, as claims beside those of money: granted without money, revoked, or transferred to
 * another subject. The same claims in any order give the same.
 */
public final class PersonalClaims {
    private static final Set<ClaimKind> DECIDED = EnumSet.of(ClaimKind.GOODWILL, ClaimKind.REVOKED, ClaimKind.TRANSFER);
    /** Of two that transfer the same purchase the later counts; the key breaks ties. */
    private static final Comparator<Claim> EARLIEST_FIRST =
            Comparator.comparing(Claim::getAt).thenComparing(Claim::getClaimKey);

    private PersonalClaims() {}

    /** Whether a person made the claim, and no money. */
    public static boolean isDecided(Claim claim) {
        return DECIDED.contains(claim.getKind());
    }

    /** Access without money: it does not renew. */
    static Access granted(Claim claim, Instant now) {
        var until = claim.getUntil();
        return now.isBefore(until)
                ? Access.active(claim, claim.getFrom(), until, false, AccessReason.GRANTED)
                : Access.ended(claim, claim.getFrom(), until, AccessReason.RAN_OUT);
    }

    /** The claims that give access to this subject: those of purchases that were transferred are the other subject's. */
    static List<Claim> counted(Collection<Claim> claims) {
        var transfers = transfers(claims);
        return claims.stream()
                .filter(claim -> claim.getKind() != ClaimKind.REVOKED && claim.getKind() != ClaimKind.TRANSFER)
                .filter(claim -> transferOf(claim, transfers).isEmpty())
                .toList();
    }

    /** Access as far as no revocation ends it earlier. */
    static Optional<Access> revoked(Collection<Claim> claims, Optional<Access> access) {
        var first = claims.stream()
                .filter(claim -> claim.getKind() == ClaimKind.REVOKED)
                .map(Claim::getAt)
                .min(Comparator.naturalOrder());
        return first.isEmpty() ? access : access.map(each -> endedAt(each, first.get()));
    }

    private static Access endedAt(Access access, Instant at) {
        var endedBefore = access.status() == EntitlementStatus.ENDED
                && access.until().filter(until -> !until.isAfter(at)).isPresent();
        return endedBefore ? access : Access.ended(access.decisive(), access.from(), at, AccessReason.REVOKED);
    }

    /**
     * What to emit to other subjects after the claims have changed: claims of purchases that are theirs, and withdrawals of claims that
     * are not any more.
     */
    public static List<Claim> transferred(Collection<Claim> before, Collection<Claim> after, Cause cause) {
        var now = transferred(after);
        var earlier = transferred(before);
        return now.isEmpty() && earlier.isEmpty() ? List.of() : ClaimChanges.between(earlier, now, "", old -> cause);
    }

    private static List<Claim> transferred(Collection<Claim> claims) {
        var transfers = transfers(claims);
        return transfers.isEmpty()
                ? List.of()
                : claims.stream()
                        .flatMap(claim -> transferOf(claim, transfers).map(to -> copy(claim, to)).stream())
                        .toList();
    }

    private static Claim copy(Claim claim, Claim transfer) {
        return Claim.newBuilder(claim)
                .setClaimKey(ClaimKey.transferred(claim.getClaimKey(), claim.getSubject()))
                .setSubject(Objects.requireNonNull(transfer.getToSubject(), "toSubject"))
                .setTransferredFrom(claim.getSubject())
                .build();
    }

    /** The newest transfer of each purchase. */
    private static Map<String, Claim> transfers(Collection<Claim> claims) {
        var transfers = new HashMap<String, Claim>();
        claims.stream()
                .filter(claim -> claim.getKind() == ClaimKind.TRANSFER)
                .sorted(EARLIEST_FIRST)
                .forEach(transfer -> transfer.getPurchases().forEach(purchase -> transfers.put(purchase, transfer)));
        return transfers;
    }

    /** A claim that was transferred to this subject stays here. */
    private static Optional<Claim> transferOf(Claim claim, Map<String, Claim> transfers) {
        return transfers.isEmpty()
                        || claim.getTransferredFrom() != null
                        || claim.getKind() == ClaimKind.REVOKED
                        || claim.getKind() == ClaimKind.TRANSFER
                ? Optional.empty()
                : Optional.ofNullable(transfers.get(PurchaseName.of(claim)));
    }
}
