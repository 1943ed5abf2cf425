package ipn.projector.settlement;

import ipn.avro.Claim;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a payment key adds up to.
 *
 * @param claims to access, without a cause
 * @param mismatches why money of it grants nothing, if so; no two of one kind about the same
 */
public record Assessment(List<Claim.Builder> claims, List<Mismatch> mismatches) {
    static final Assessment NOTHING = new Assessment(List.of(), List.of());

    /**
     * Authentic money that does not match what was expected.
     *
     * @param about payment key, and the bill where it is about one of several
     * @param expected for people
     * @param actual for people
     */
    public record Mismatch(String kind, String about, String expected, String actual) {}

    static Assessment claims(Claim.Builder... claims) {
        return new Assessment(List.of(claims), List.of());
    }

    static Assessment mismatch(String kind, String about, String expected, String actual) {
        return new Assessment(List.of(), List.of(new Mismatch(kind, about, expected, actual)));
    }

    Assessment and(Assessment other) {
        return new Assessment(
                Stream.concat(claims.stream(), other.claims.stream()).toList(),
                Stream.concat(mismatches.stream(), other.mismatches.stream())
                        .distinct()
                        .toList());
    }
}
