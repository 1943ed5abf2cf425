package ipn.projector.allocation;

import static org.assertj.core.api.Assertions.assertThat;

import ipn.avro.Subscription;
import ipn.avro.SubscriptionItem;
import ipn.avro.SubscriptionStatus;
import ipn.projector.Products;
import ipn.projector.allocation.SubscribedProducts.Subscribed;
import ipn.projector.catalogue.JudgedProduct;
import ipn.projector.catalogue.Product;
import ipn.projector.catalogue.ProductCatalogue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Which products a subscription is for, and which it was for. */
class SubscribedProductsTest {
    @Test
    void the_products_of_its_items_in_their_order() {
        var two = of(items("price_ads", "premium_monthly"), List.of("premium_monthly", "price_ads"), Optional.empty());
        assertThat(two.present()).extracting(Subscribed::product).containsExactly(Products.ADS, Products.PREMIUM);
        assertThat(two.unconfirmed()).isEmpty();
        assertThat(two.former()).isEmpty();
    }

    @Test
    void of_each_item_the_first_name_that_the_catalogue_has() {
        var item = new SubscriptionItem(List.of("price_unknown", "premium_monthly", "price_ads"));
        assertThat(of(List.of(item), List.of(), Optional.empty()).present())
                .extracting(Subscribed::product)
                .containsExactly(Products.PREMIUM);
    }

    @Test
    void an_item_that_is_not_sold_is_ignored_beside_one_that_is() {
        var two = of(items("price_unknown", "price_ads"), List.of("price_ads", "price_unknown"), Optional.empty());
        assertThat(two.present()).extracting(Subscribed::product).containsExactly(Products.ADS);
        assertThat(two.former()).isEmpty();
    }

    @Test
    void what_is_sold_once_is_no_product_of_a_subscription() {
        var two = of(items("promoted-post", "price_ads"), List.of("promoted-post", "price_ads"), Optional.empty());
        assertThat(two.present()).extracting(Subscribed::product).containsExactly(Products.ADS);
        assertThat(two.former()).isEmpty();
        assertThat(of(List.of(), List.of(), Optional.of(Products.PROMOTED)).present())
                .isEmpty();
    }

    @Test
    void a_product_that_no_item_names_any_more_is_former() {
        var switched = of(items("price_pro"), List.of("premium_monthly", "price_pro"), Optional.of(Products.PREMIUM));
        assertThat(switched.present()).extracting(Subscribed::product).containsExactly(Products.PLUS);
        assertThat(switched.former()).extracting(Subscribed::product).containsExactly(Products.PREMIUM);
        assertThat(switched.unconfirmed()).isEmpty();
    }

    @Test
    void a_product_that_only_a_word_or_an_order_names_is_not_former() {
        var named = of(items("price_ads"), List.of("price_ads"), Optional.of(Products.PREMIUM));
        assertThat(named.present()).extracting(Subscribed::product).containsExactly(Products.ADS);
        assertThat(named.unconfirmed()).extracting(Subscribed::product).containsExactly(Products.PREMIUM);
        assertThat(named.former()).isEmpty();
    }

    @Test
    void without_items_that_are_sold_the_product_of_the_whole_and_perhaps_what_it_was_ever_called() {
        for (var items : List.of(items(), items("price_unknown"))) {
            var unknown = of(items, List.of("premium_monthly", "price_ads"), Optional.of(Products.PREMIUM));
            assertThat(unknown.present()).extracting(Subscribed::product).containsExactly(Products.PREMIUM);
            assertThat(unknown.unconfirmed()).extracting(Subscribed::product).containsExactly(Products.ADS);
            assertThat(unknown.former()).isEmpty();
        }
    }

    @Test
    void more_products_than_any_subscription_has_are_left_out() {
        var byName = new HashMap<String, Product>();
        var names = new ArrayList<String>();
        IntStream.range(0, 3 * SubscribedProducts.PRODUCTS_MAX).forEach(i -> {
            byName.put("price_" + i, Products.subscription("product-" + i, "entitlement-" + i));
            names.add("price_" + i);
        });
        var present = names.subList(0, SubscribedProducts.PRODUCTS_MAX + 1).toArray(String[]::new);
        var catalogue = new ProductCatalogue(byName, true, "v1");
        var many = SubscribedProducts.of(
                List.of(catalogue),
                subscription(items(present)),
                names,
                new JudgedProduct(catalogue, Optional.empty()));
        assertThat(many.present()).hasSize(SubscribedProducts.PRODUCTS_MAX);
        assertThat(many.former()).hasSize(SubscribedProducts.PRODUCTS_MAX);
    }

    private static SubscribedProducts of(List<SubscriptionItem> items, List<String> skus, Optional<Product> whole) {
        return SubscribedProducts.of(
                List.of(Products.TWO_ITEMS), subscription(items), skus, new JudgedProduct(Products.TWO_ITEMS, whole));
    }

    private static Subscription subscription(List<SubscriptionItem> items) {
        return Subscription.newBuilder()
                .setStatus(SubscriptionStatus.ACTIVE)
                .setAt(Instant.EPOCH)
                .setItems(items)
                .build();
    }

    private static List<SubscriptionItem> items(String... skus) {
        return Stream.of(skus).map(sku -> new SubscriptionItem(List.of(sku))).toList();
    }
}
