package ipn.projector.access;

import ipn.avro.Claim;
import ipn.projector.catalogue.Product;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Ends of the periods of one subscription: those that the gateway does not report, and those that came earlier than planned. */
final class PeriodEnds {
    private PeriodEnds() {}

    /** The period, ended at the first of these times. */
    static Claim endedAtFirst(Claim period, Stream<Instant> times) {
        return times.min(Comparator.naturalOrder())
                .map(end -> Claim.newBuilder(period).setUntil(end).build())
                .orElse(period);
    }

    /** All claims; ends that the gateway does not report are counted from the day on which the first period began. */
    static List<Claim> anchored(List<Claim> claims, Function<Claim, Optional<Product>> products) {
        return claims.stream()
                .filter(Claim::getUntilCalculated)
                .map(Claim::getFrom)
                .min(Comparator.naturalOrder())
                .map(first -> claims.stream()
                        .map(claim -> anchored(claim, first, products))
                        .toList())
                .orElse(claims);
    }

    private static Claim anchored(Claim claim, Instant first, Function<Claim, Optional<Product>> products) {
        return products.apply(claim)
                .filter(product -> claim.getUntilCalculated())
                .map(product -> Claim.newBuilder(claim)
                        .setUntil(product.periodEnd(claim.getFrom(), first))
                        .build())
                .orElse(claim);
    }
}
