package ipn.gateway.shopify;

import ipn.gateway.Delivery;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Shopify's headers, with prefix {@code X-Shopify-} or, in newer deliveries, {@code shopify-}. They are not signed, so
 * a header is never trusted alone: either the body must confirm it, or its only effect is a refusal.
 */
record ShopifyHeaders(Delivery delivery) {
    static final List<String> FAMILIES = List.of("x-shopify-", "shopify-");
    static final String SIGNATURE = "hmac-sha256";
    static final String TOPIC = "topic";
    static final String SHOP = "shop-domain";
    static final String WEBHOOK_ID = "webhook-id";
    static final String TRIGGERED_AT = "triggered-at";
    static final String TEST = "test";

    /** All headers that are kept, with both prefixes. */
    static Set<String> kept() {
        return FAMILIES.stream()
                .flatMap(family -> Stream.of(SIGNATURE, TOPIC, SHOP, WEBHOOK_ID, TRIGGERED_AT, TEST)
                        .map(family::concat))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The value of a header; empty where it is absent or has several different values. */
    Optional<String> value(String name) {
        var values = new LinkedHashSet<String>();
        FAMILIES.forEach(family -> values.addAll(delivery.headers(family + name)));
        return values.size() == 1 ? Optional.of(values.iterator().next()) : Optional.empty();
    }

    /** The header's name for messages. */
    static String place(String name) {
        return "the header " + FAMILIES.get(0) + name;
    }
}
