package ipn.projector.access;

import ipn.avro.Claim;
import ipn.projector.catalogue.Product;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Ends of the periods of one subscription that the gateway does not report, counted from the day on which its first period began. */
final class PeriodEnds {
    private PeriodEnds() {}

    static List<Claim> anchored(List<Claim> claims, Function<String, Optional<Product>> products) {
        return claims.stream()
                .filter(Claim::getUntilCalculated)
                .map(Claim::getFrom)
                .min(Comparator.naturalOrder())
                .map(first -> claims.stream()
                        .map(claim -> anchored(claim, first, products))
                        .toList())
                .orElse(claims);
    }

    private static Claim anchored(Claim claim, Instant first, Function<String, Optional<Product>> products) {
        return products.apply(claim.getProduct())
                .filter(product -> claim.getUntilCalculated())
                .map(product -> Claim.newBuilder(claim)
                        .setUntil(product.periodEnd(claim.getFrom(), first))
                        .build())
                .orElse(claim);
    }
}
