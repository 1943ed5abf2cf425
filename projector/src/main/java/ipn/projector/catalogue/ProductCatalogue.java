package ipn.projector.catalogue;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What is sold, and the policy around it.
 *
 * @param byName products by name and by every alias (a gateway's price id, an item number)
 * @param live a live deployment: test money grants nothing
 * @param policy what money that matches, or does not, means for access
 * @param version changes whenever anything above does; stands in every event it decides
 */
public record ProductCatalogue(Map<String, Product> byName, boolean live, Policy policy, String version) {
    public ProductCatalogue {
        byName = Map.copyOf(byName);
    }

    /** With the default policy. */
    public ProductCatalogue(Map<String, Product> byName, boolean live, String version) {
        this(byName, live, Policy.DEFAULT, version);
    }

    /** The first product that one of the words names. */
    public Optional<Product> find(Optional<String> named, List<String> skus) {
        return Stream.concat(named.stream(), skus.stream())
                .map(byName::get)
                .filter(Objects::nonNull)
                .findFirst();
    }

    /** The prices that a charge of that time may have, the newest first. */
    public Prices prices(Product product, PriceTime time) {
        return time.of(product, policy.priceOverlap());
    }

    /**
     * Of several products that the words name, the one that costs what was paid, else the first. The merchant's own word
     * decides alone.
     */
    public Optional<Product> find(
            Optional<String> named, List<String> skus, long paid, String currency, PriceTime time) {
        return find(named, List.of())
                .or(() -> skus.stream()
                        .map(byName::get)
                        .filter(Objects::nonNull)
                        .filter(product -> prices(product, time).in(currency).contains(paid))
                        .findFirst())
                .or(() -> find(named, skus));
    }

    /** A product by its own name. */
    public Optional<Product> get(String name) {
        return Optional.ofNullable(byName.get(name));
    }
}
