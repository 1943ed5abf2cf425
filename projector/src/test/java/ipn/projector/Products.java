package ipn.projector;

import ipn.projector.catalogue.Product;
import ipn.projector.catalogue.ProductCatalogue;
import java.time.Duration;
import java.time.Period;
import java.util.Map;

/** What the tests sell. */
public final class Products {
    public static final Product PREMIUM = new Product(
            "premium",
            "premium",
            Product.Kind.SUBSCRIPTION,
            Period.ofMonths(1),
            Duration.ofDays(7),
            false,
            Map.of("USD", 800L));
    public static final Product PLUS = new Product(
            "premium-plus",
            "premium",
            Product.Kind.SUBSCRIPTION,
            Period.ofMonths(1),
            Duration.ofDays(14),
            false,
            Map.of("USD", 1800L));
    public static final Product PROMOTED = new Product(
            "promoted-post",
            "promotion",
            Product.Kind.ONCE,
            Period.ofMonths(1),
            Duration.ZERO,
            true,
            Map.of("USD", 2500L));
    public static final ProductCatalogue CATALOGUE = new ProductCatalogue(
            Map.of("premium", PREMIUM, "premium_monthly", PREMIUM, "premium-plus", PLUS, "promoted-post", PROMOTED),
            true,
            "v1");

    private Products() {}
}
