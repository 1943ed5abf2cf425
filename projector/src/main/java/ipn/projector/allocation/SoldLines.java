package ipn.projector.allocation;

import ipn.avro.InvoiceLine;
import ipn.projector.catalogue.Product;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The lines of one invoice that sell one product.
 *
 * @param lines with an amount above zero; at least one
 */
public record SoldLines(Product product, List<InvoiceLine> lines) {

    /** Amount before discounts, minor units. */
    long amount() {
        return lines.stream().mapToLong(InvoiceLine::getAmount).reduce(0, Math::addExact);
    }

    /** Amount after discounts, minor units, 0 or more. */
    long net() {
        return Math.max(0, amount() - discount());
    }

    long discount() {
        return lines.stream().mapToLong(InvoiceLine::getDiscount).reduce(0, Math::addExact);
    }

    /** Whether the gateway names a discount or an offer, also one of an unknown amount. */
    boolean isDiscounted() {
        return lines.stream().anyMatch(line -> line.getDiscount() > 0 || line.getDiscountName() != null);
    }

    /** Start of the first period that a line pays for. */
    Optional<Instant> from() {
        return times(lines.stream().map(InvoiceLine::getFrom)).min(Comparator.naturalOrder());
    }

    /** End of the last period that a line pays for. */
    Optional<Instant> until() {
        return times(lines.stream().map(InvoiceLine::getUntil)).max(Comparator.naturalOrder());
    }

    private static Stream<Instant> times(Stream<Instant> times) {
        return times.filter(Objects::nonNull);
    }
}
