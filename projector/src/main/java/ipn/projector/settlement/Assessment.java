package ipn.projector.settlement;

import ipn.avro.Claim;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a payment key adds up to.
 *
 * @param claims to access, without a cause
 * @param mismatch why its money grants nothing, if so
 */
public record Assessment(List<Claim.Builder> claims, Optional<Mismatch> mismatch) {
    static final Assessment NOTHING = new Assessment(List.of(), Optional.empty());

    /**
     * Authentic money that does not match what was expected.
     *
     * @param expected for people
     * @param actual for people
     */
    public record Mismatch(String kind, String expected, String actual) {}

    static Assessment claims(Claim.Builder... claims) {
        return new Assessment(List.of(claims), Optional.empty());
    }

    static Assessment mismatch(String kind, String expected, String actual) {
        return new Assessment(List.of(), Optional.of(new Mismatch(kind, expected, actual)));
    }

    Assessment and(Assessment other) {
        var both = new ArrayList<>(claims);
        both.addAll(other.claims);
        return new Assessment(List.copyOf(both), mismatch.or(other::mismatch));
    }
}
