package ipn.projector.catalogue;

import ipn.projector.catalogue.Product.Kind;
import ipn.settings.Settings;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Period;
import java.util.HashMap;
import java.util.Optional;
import java.util.TreeMap;

/** Reads the product catalogue from sections {@code products} and {@code policy}. */
public final class CatalogueSettings {
    private static final Duration GRACE_MAX = Duration.ofDays(366);

    private CatalogueSettings() {}

    /**
     * Reads the catalogue; what is wrong goes to the problems of the settings.
     *
     * @param live see {@link ProductCatalogue#live()}
     */
    public static ProductCatalogue from(Settings settings, boolean live) {
        var products = new TreeMap<String, Product>();
        var all = new HashMap<String, Product>();
        var section = settings.in("products");
        for (var name : section.names()) {
            var product = product(name, section.in(name));
            products.put(name, product);
            all.put(name, product);
        }
        for (var product : products.values()) {
            for (var alias : section.in(product.name()).list("aliases")) {
                var taken = all.putIfAbsent(alias, product);
                if (taken != null && !taken.equals(product)) {
                    settings.problems()
                            .add(
                                    section.in(product.name()).full("aliases"),
                                    alias,
                                    "a word that names no other product; it names " + taken.name());
                }
            }
        }
        var policy = PolicySettings.from(settings);
        return new ProductCatalogue(
                all,
                live,
                policy,
                settings.in("policy").text("version", CatalogueText.hash(CatalogueText.of(all, live, policy))));
    }

    private static Product product(String name, Settings settings) {
        var kind = settings.choice("kind", Kind.class, Kind.SUBSCRIPTION);
        return new Product(
                name,
                settings.required("entitlement", "what buying it lets a subject use, e.g. premium"),
                kind,
                interval(settings),
                settings.duration("grace", Duration.ZERO, GRACE_MAX),
                settings.choice("cancellation", Cancellation.class, Cancellation.AT_PERIOD_END),
                scoped(settings),
                PriceSettings.from(settings, kind),
                new Tolerance(
                        settings.in("tolerance").integer("under", 0, 0, 100),
                        settings.in("tolerance").integer("over", 0, 0, 100)),
                new Offers(discounts(settings), trial(settings)),
                new KeepsAbove(settings.integer("keeps-above", KeepsAbove.DEFAULT.percent(), 0, 100)));
    }

    private static Discounts discounts(Settings settings) {
        var text = settings.text("discounts", "any");
        return Discounts.parse(text).orElseGet(() -> {
            settings.problems().add(settings.full("discounts"), text, "any, none, or such as up-to 50%");
            return Discounts.ANY;
        });
    }

    private static Optional<Period> trial(Settings settings) {
        return settings.text("trial").isEmpty() ? Optional.empty() : Optional.of(period(settings, "trial", "P14D"));
    }

    private static Period interval(Settings settings) {
        return period(settings, "interval", "P1M");
    }

    private static Period period(Settings settings, String key, String example) {
        var text = settings.text(key, example);
        try {
            var period = Period.parse(text);
            if (!period.isNegative() && !period.isZero()) {
                return period;
            }
        } catch (DateTimeException e) {
            // noted below
        }
        settings.problems().add(settings.full(key), text, "a period of days, months or years, e.g. " + example);
        return Period.parse(example);
    }

    private static boolean scoped(Settings settings) {
        var scope = settings.text("scope", "");
        if (!scope.isEmpty() && !scope.equals("reference")) {
            settings.problems().add(settings.full("scope"), scope, "reference, or nothing");
        }
        return scope.equals("reference");
    }
}
