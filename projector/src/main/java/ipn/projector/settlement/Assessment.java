package ipn.projector.settlement;

import ipn.avro.Claim;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a payment key adds up to.
 *
 * @param claims to access, without a cause
 * @param mismatches what does not match; no two of one kind about the same
 */
public record Assessment(List<Claim.Builder> claims, List<Mismatch> mismatches) {
    public static final Assessment NOTHING = new Assessment(List.of(), List.of());

    /**
     * A problem, and whose it is.
     *
     * @param paymentKey where the money was taken; empty where none was
     */
    public record Mismatch(Problem problem, String paymentKey, Named named) {}

    static Assessment claims(Claim.Builder... claims) {
        return new Assessment(List.of(claims), List.of());
    }

    public Assessment and(Assessment other) {
        return new Assessment(
                Stream.concat(claims.stream(), other.claims.stream()).toList(),
                Stream.concat(mismatches.stream(), other.mismatches.stream())
                        .distinct()
                        .toList());
    }

    public Assessment and(Mismatch mismatch) {
        return and(new Assessment(List.of(), List.of(mismatch)));
    }
}
