package ipn.projector;

import ipn.avro.Claim;
import ipn.projector.catalogue.Cancellation;
import ipn.projector.catalogue.KeepsAbove;
import ipn.projector.catalogue.Offers;
import ipn.projector.catalogue.Prices;
import ipn.projector.catalogue.Product;
import ipn.projector.catalogue.ProductCatalogue;
import ipn.projector.catalogue.Tolerance;
import java.time.Duration;
import java.time.Period;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

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

    /** Sold beside the others: an entitlement of its own. */
    public static final Product ADS = subscription("ads", "ads");

    /** Two products of one entitlement, and one of another, by the price ids of a gateway. */
    public static final ProductCatalogue TWO_ITEMS = new ProductCatalogue(
            Map.of(
                    "premium_monthly", PREMIUM,
                    "premium", PREMIUM,
                    "price_pro", PLUS,
                    "price_ads", ADS,
                    "promoted-post", PROMOTED),
            true,
            "v1");

    private Products() {}

    /** 5 a month, with a grace period of 3 days. */
    public static Product subscription(String name, String entitlement) {
        return new Product(
                name,
                entitlement,
                Product.Kind.SUBSCRIPTION,
                Period.ofMonths(1),
                Duration.ofDays(3),
                false,
                Map.of("USD", 500L));
    }

    /** Every product has this grace period, and an interval of a month. */
    public static Function<Claim, Optional<Product>> withGrace(Duration grace) {
        return with(grace, Cancellation.AT_PERIOD_END);
    }

    /** Every product has this grace period and end when canceled, and an interval of a month. */
    public static Function<Claim, Optional<Product>> with(Duration grace, Cancellation cancellation) {
        return claim -> Optional.of(new Product(
                claim.getProduct(),
                "premium",
                Product.Kind.SUBSCRIPTION,
                Period.ofMonths(1),
                grace,
                cancellation,
                false,
                Prices.always(Map.of("USD", 800L)),
                Tolerance.NONE,
                Offers.USUAL,
                KeepsAbove.DEFAULT));
    }
}
