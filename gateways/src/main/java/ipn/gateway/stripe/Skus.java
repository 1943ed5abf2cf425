package ipn.gateway.stripe;

import ipn.fact.Fact;
import ipn.gateway.content.JsonField;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The SKUs that were bought, from Stripe's catalog: price, lookup key, product. */
final class Skus {
    /** Three names of each of the 20 items that a subscription may have. */
    private static final int SKUS_MAX = 60;

    private static final int LENGTH_MAX = 200;

    private Skus() {}

    /** The SKUs of subscription items or invoice lines. */
    static List<Fact> of(List<JsonField> items) {
        var skus = new LinkedHashSet<String>();
        items.forEach(item -> add(item, skus));
        return skus.stream()
                .limit(SKUS_MAX)
                .map(sku -> (Fact) new Fact.Sku(sku))
                .toList();
    }

    /** The SKUs of one subscription item or invoice line. */
    static List<String> names(JsonField item) {
        var skus = new LinkedHashSet<String>();
        add(item, skus);
        return List.copyOf(skus);
    }

    private static void add(JsonField item, Set<String> skus) {
        priced(item.at("price"), skus);
        priced(item.at("plan"), skus);
        var details = item.at("pricing").at("price_details");
        details.at("price").reference().ifPresent(skus::add);
        details.at("product").reference().ifPresent(skus::add);
    }

    /** Adds the ids of a price, or of a plan (the former name of a price). */
    private static void priced(JsonField price, Set<String> skus) {
        Optional.of(price)
                .filter(JsonField::isPresent)
                .flatMap(JsonField::reference)
                .ifPresent(skus::add);
        price.at("lookup_key").word(LENGTH_MAX).ifPresent(skus::add);
        price.at("product").reference().ifPresent(skus::add);
    }
}
