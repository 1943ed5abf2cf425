package ipn.projector.allocation;

import ipn.avro.Subscription;
import ipn.avro.SubscriptionItem;
import ipn.projector.catalogue.Product;
import ipn.projector.catalogue.Product.Kind;
import ipn.projector.catalogue.ProductCatalogue;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The products that a subscription is for, and those that it was for. No product is in two of the lists.
 *
 * @param present products of its items, in their order; if no item names a product of the catalogue, the product of the payment key
 *     as a whole
 * @param unconfirmed other products that the payment key names, without knowing whether they are still sold
 * @param former products that the payment key named as a subscription's item before, and that no item names now
 */
record SubscribedProducts(List<Product> present, List<Product> unconfirmed, List<Product> former) {
    /** More products than one subscription has, and more than it had before. */
    static final int PRODUCTS_MAX = 8;

    /**
     * @param skus all names that the gateway reported for what was bought
     * @param whole the product of the payment key as a whole
     */
    static SubscribedProducts of(
            ProductCatalogue catalogue, Subscription subscription, Collection<String> skus, Optional<Product> whole) {
        var items = items(catalogue, subscription).limit(PRODUCTS_MAX).toList();
        var named = subscriptions(skus.stream().map(catalogue.byName()::get).filter(Objects::nonNull))
                .toList();
        var present = items.isEmpty() ? subscriptions(whole.stream()).toList() : items;
        Predicate<Product> isFormer = product -> !items.isEmpty() && named.contains(product);
        var others = subscriptions(Stream.concat(whole.stream(), named.stream()))
                .filter(product -> !present.contains(product))
                .limit(PRODUCTS_MAX)
                .toList();
        return new SubscribedProducts(
                present,
                others.stream().filter(isFormer.negate()).toList(),
                others.stream().filter(isFormer).toList());
    }

    /** Of the items that the gateway reports, those that name a product of the catalogue, in their order. */
    static Stream<Product> items(ProductCatalogue catalogue, Subscription subscription) {
        return subscriptions(subscription.getItems().stream().flatMap(item -> named(catalogue, item).stream()));
    }

    private static Stream<Product> subscriptions(Stream<Product> products) {
        return products.filter(product -> product.kind() == Kind.SUBSCRIPTION).distinct();
    }

    /** As for the lines of an invoice, the first name that the catalogue has decides. */
    private static Optional<Product> named(ProductCatalogue catalogue, SubscriptionItem item) {
        return catalogue.find(Optional.empty(), item.getSkus());
    }
}
