package ipn.projector.allocation;

import ipn.avro.Cause;
import ipn.avro.Claim;
import ipn.avro.ClaimKind;
import ipn.avro.ClaimStatus;
import ipn.key.EntitlementKey;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What to emit when the claims of a payment key or an order have changed. */
public final class ClaimChanges {
    private static final RecordsEqual BUT_CAUSE = new RecordsEqual(Claim.getClassSchema(), "cause");

    private ClaimChanges() {}

    /**
     * Claims that are new or differ, paid ones first, then withdrawals of those that are gone or belong to another subject now. In
     * this order, so that neither a claim that only changes its key nor a period that replaces another leaves a moment without
     * access.
     *
     * @param policyVersion of the catalogue that judged last: it decides that a claim is withdrawn
     * @param cause of a withdrawal, from that of the claim
     */
    public static List<Claim> between(
            List<Claim> before, List<Claim> after, String policyVersion, UnaryOperator<Cause> cause) {
        var known = new TreeMap<Place, Claim>(Place.ORDER);
        before.forEach(claim -> known.put(place(claim), claim));
        var changed = after.stream()
                .filter(claim -> !same(known.get(place(claim)), claim))
                .sorted(Comparator.comparing(claim -> claim.getStatus() != ClaimStatus.PAID))
                .toList();
        after.forEach(claim -> known.remove(place(claim)));
        var withdrawn = known.values().stream()
                .map(claim -> Claim.newBuilder(claim)
                        .setKind(ClaimKind.WITHDRAWN)
                        .setPolicyVersion(policyVersion)
                        .setCause(cause.apply(claim.getCause()))
                        .build());
        return Stream.concat(changed.stream(), withdrawn).toList();
    }

    private record Place(EntitlementKey entitlement, String claimKey) {
        static final Comparator<Place> ORDER = Comparator.comparing(
                        (Place place) -> place.entitlement().toString())
                .thenComparing(Place::claimKey);
    }

    private static Place place(Claim claim) {
        return new Place(EntitlementKey.of(claim), claim.getClaimKey());
    }

    private static boolean same(@Nullable Claim a, Claim b) {
        return a != null && BUT_CAUSE.equal(a, b);
    }
}
