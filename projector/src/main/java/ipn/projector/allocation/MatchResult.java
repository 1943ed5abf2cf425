package ipn.projector.allocation;

import ipn.avro.Claim;
import ipn.projector.catalogue.Mismatch;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a payment key adds up to.
 *
 * @param claims to access, without a cause
 * @param mismatches what does not match; no two of one kind about the same
 */
public record MatchResult(List<Claim.Builder> claims, List<Mismatch> mismatches) {
    public static final MatchResult NOTHING = new MatchResult(List.of(), List.of());

    /**
     * A problem, and whose it is.
     *
     * @param paymentKey where the money was taken; empty where none was
     */
    public record Mismatch(Mismatch problem, String paymentKey, References named) {}

    static MatchResult claims(Claim.Builder... claims) {
        return new MatchResult(List.of(claims), List.of());
    }

    public MatchResult and(MatchResult other) {
        return new MatchResult(
                Stream.concat(claims.stream(), other.claims.stream()).toList(),
                Stream.concat(mismatches.stream(), other.mismatches.stream())
                        .distinct()
                        .toList());
    }

    public MatchResult and(Mismatch mismatch) {
        return and(new MatchResult(List.of(), List.of(mismatch)));
    }
}
