package ipn.projector.allocation;

import ipn.avro.Claim;
import ipn.avro.DiscrepancyKind;
import ipn.key.PaymentKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a payment key claims, and where its money does not match.
 *
 * @param claims to access, without a cause
 * @param discrepancies no two of one kind about the same
 * @param portions of the invoices' money, by claim key, only for claims that do not have all of it
 */
public record MatchResult(
        List<Claim.Builder> claims, List<OpenDiscrepancy> discrepancies, Map<String, Portion> portions) {
    public static final MatchResult NOTHING = new MatchResult(List.of(), List.of(), Map.of());

    /**
     * A mismatch, and whose money it is about.
     *
     * @param payment where the money was captured; empty where none was
     * @param policyVersion of the catalogue that judged it
     */
    public record OpenDiscrepancy(
            Mismatch mismatch, Optional<PaymentKey> payment, References references, String policyVersion) {}

    static MatchResult claim(Claim.Builder claim) {
        return new MatchResult(List.of(claim), List.of(), Map.of());
    }

    static MatchResult claim(Claim.Builder claim, Portion portion) {
        var portions = portion.isWhole() ? Map.<String, Portion>of() : Map.of(claim.getClaimKey(), portion);
        return new MatchResult(List.of(claim), List.of(), portions);
    }

    static MatchResult discrepancy(OpenDiscrepancy discrepancy) {
        return new MatchResult(List.of(), List.of(discrepancy), Map.of());
    }

    /** Both together. */
    public MatchResult and(MatchResult other) {
        var all = new HashMap<>(portions);
        all.putAll(other.portions);
        return new MatchResult(
                Stream.concat(claims.stream(), other.claims.stream()).toList(),
                Stream.concat(discrepancies.stream(), other.discrepancies.stream())
                        .distinct()
                        .toList(),
                Map.copyOf(all));
    }

    /** The same; its discrepancies have what the payment key captured, where they have no amount. */
    MatchResult withCaptured(String amounts) {
        return discrepancies.isEmpty()
                ? this
                : new MatchResult(
                        claims,
                        discrepancies.stream()
                                .map(each -> new OpenDiscrepancy(
                                        each.mismatch().withCaptured(amounts),
                                        each.payment(),
                                        each.references(),
                                        each.policyVersion()))
                                .toList(),
                        portions);
    }

    /** The versions of the catalogue that judged. */
    public Stream<String> policyVersions() {
        return Stream.concat(
                claims.stream().map(Claim.Builder::getPolicyVersion),
                discrepancies.stream().map(OpenDiscrepancy::policyVersion));
    }

    /** The kinds of its discrepancies, in their order. */
    public Stream<DiscrepancyKind> kinds() {
        return discrepancies.stream().map(each -> each.mismatch().kind());
    }
}
