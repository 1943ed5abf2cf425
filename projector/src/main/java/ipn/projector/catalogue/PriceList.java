package ipn.projector.catalogue;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a product costs from some time on, until the next list of it.
 *
 * @param from by the gateway's clock; {@link Instant#MIN}: before all other lists
 * @param amounts minor units by currency, complete: in another currency the product is not sold
 */
public record PriceList(Instant from, Map<String, Long> amounts) {
    public PriceList {
        amounts = Map.copyOf(amounts);
    }

    /** Sorted, because an immutable map's own order differs from one JVM to the next. */
    @Override
    public String toString() {
        return from.equals(Instant.MIN) ? sorted() : from + " " + sorted();
    }

    private String sorted() {
        return new TreeMap<>(amounts).toString();
    }
}
