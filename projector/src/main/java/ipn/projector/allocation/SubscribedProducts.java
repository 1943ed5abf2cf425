package ipn.projector.allocation;

import ipn.avro.PaymentState;
import ipn.avro.Subscription;
import ipn.avro.SubscriptionItem;
import ipn.projector.catalogue.CatalogueHistory;
import ipn.projector.catalogue.JudgedProduct;
import ipn.projector.catalogue.Product;
import ipn.projector.catalogue.Product.Kind;
import ipn.projector.catalogue.ProductCatalogue;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The products that a subscription is for, and those that it was for, as the versions of the catalogue have them that were in force
 * while it lasted. A name counts as the first of them has it that has it: what a subscription was sold as holds for it. What later versions
 * call the same is unconfirmed, so that renewals, which the later versions judge, have its status too. No product is in two of the lists.
 *
 * @param present products of its items, in their order; if no item names a product of the catalogue, the product of the payment key
 *     as a whole
 * @param unconfirmed other products that the payment key names, without knowing whether they are still sold
 * @param former products that the payment key named as a subscription's item before, and that no item names now
 */
record SubscribedProducts(List<Subscribed> present, List<Subscribed> unconfirmed, List<Subscribed> former) {
    /** More products than one subscription has, and more than it had before. */
    static final int PRODUCTS_MAX = 8;

    /**
     * A product of a subscription.
     *
     * @param catalogue the version that has it
     */
    record Subscribed(ProductCatalogue catalogue, Product product) {
        JudgedProduct judged() {
            return JudgedProduct.known(catalogue, product);
        }

        private Claimed claimed() {
            return new Claimed(product.name(), product.entitlement(), product.scoped());
        }
    }

    /** What a claim has of a product: the rest of it may differ from one version to the next. */
    private record Claimed(String name, String entitlement, boolean scoped) {}

    /**
     * @param versions in force while the subscription lasted, oldest first
     * @param skus all names that the gateway reported for what was bought
     * @param whole the product of the payment key as a whole
     */
    static SubscribedProducts of(
            List<ProductCatalogue> versions, Subscription subscription, Collection<String> skus, JudgedProduct whole) {
        var ofWhole = subscriptions(whole.product().stream().map(product -> new Subscribed(whole.catalogue(), product)))
                .toList();
        var ofItems = each(versions, catalogue -> items(catalogue, subscription));
        var items = subscription.getItems().stream()
                .flatMap(item -> first(versions, item).stream())
                .toList();
        var seen = new HashSet<Claimed>();
        var present = items.isEmpty() ? others(ofWhole.stream(), seen) : others(items.stream(), seen);
        var named = each(
                versions,
                catalogue -> skus.stream().map(catalogue.byName()::get).filter(Objects::nonNull));
        var isNamed = named.stream().map(Subscribed::claimed).collect(Collectors.toUnmodifiableSet());
        var isItem = ofItems.stream().map(Subscribed::claimed).collect(Collectors.toUnmodifiableSet());
        var others = others(Stream.of(ofItems, ofWhole, named).flatMap(List::stream), seen);
        return new SubscribedProducts(
                present,
                others.stream()
                        .filter(other -> !isFormer(other, items, isItem, isNamed))
                        .toList(),
                others.stream()
                        .filter(other -> isFormer(other, items, isItem, isNamed))
                        .toList());
    }

    private static boolean isFormer(
            Subscribed other, List<Subscribed> items, Set<Claimed> isItem, Set<Claimed> isNamed) {
        return !items.isEmpty() && isNamed.contains(other.claimed()) && !isItem.contains(other.claimed());
    }

    /** The versions of the catalogue that were in force from when a subscription began until its newest report. */
    static List<ProductCatalogue> versions(CatalogueHistory history, PaymentState own, Subscription subscription) {
        return history.within(JudgedAt.subscription(own, subscription), subscription.getAt());
    }

    /** The names of the products of its items, in any of these versions. */
    static Set<String> names(List<ProductCatalogue> versions, Subscription subscription) {
        return versions.stream()
                .flatMap(catalogue -> items(catalogue, subscription))
                .map(Product::name)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Of these products, those that were not seen yet. */
    private static List<Subscribed> others(Stream<Subscribed> products, Set<Claimed> seen) {
        return subscriptions(products)
                .filter(each -> seen.add(each.claimed()))
                .limit(PRODUCTS_MAX)
                .toList();
    }

    private static List<Subscribed> each(
            List<ProductCatalogue> versions, Function<ProductCatalogue, Stream<Product>> products) {
        return subscriptions(versions.stream()
                        .flatMap(catalogue ->
                                products.apply(catalogue).map(product -> new Subscribed(catalogue, product))))
                .toList();
    }

    private static Optional<Subscribed> first(List<ProductCatalogue> versions, SubscriptionItem item) {
        return versions.stream()
                .flatMap(catalogue -> named(catalogue, item)
                        .filter(SubscribedProducts::isSubscription)
                        .map(product -> new Subscribed(catalogue, product))
                        .stream())
                .findFirst();
    }

    /** Of the items that the gateway reports, those that name a product of the catalogue, in their order. */
    private static Stream<Product> items(ProductCatalogue catalogue, Subscription subscription) {
        return subscription.getItems().stream()
                .flatMap(item -> named(catalogue, item).stream())
                .filter(SubscribedProducts::isSubscription)
                .distinct()
                .limit(PRODUCTS_MAX);
    }

    private static Stream<Subscribed> subscriptions(Stream<Subscribed> products) {
        return products.filter(each -> isSubscription(each.product()));
    }

    private static boolean isSubscription(Product product) {
        return product.kind() == Kind.SUBSCRIPTION;
    }

    /** As for the lines of an invoice, the first name that the catalogue has decides. */
    private static Optional<Product> named(ProductCatalogue catalogue, SubscriptionItem item) {
        return catalogue.find(Optional.empty(), item.getSkus());
    }
}
