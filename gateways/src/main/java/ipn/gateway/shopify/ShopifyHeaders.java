package ipn.gateway.shopify;

import ipn.gateway.Delivery;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What stands in Shopify's headers: under {@code X-Shopify-}, or of newer deliveries under {@code shopify-}. None of it is
 * signed, so nothing is believed for its sake: the body has to agree with it, or it only ever leads to a refusal.
 */
record ShopifyHeaders(Delivery delivery) {
    static final List<String> FAMILIES = List.of("x-shopify-", "shopify-");
    static final String SIGNATURE = "hmac-sha256";
    static final String TOPIC = "topic";
    static final String SHOP = "shop-domain";
    static final String WEBHOOK_ID = "webhook-id";
    static final String TRIGGERED_AT = "triggered-at";
    static final String TEST = "test";

    /** Every header that is kept, in both families. */
    static Set<String> kept() {
        return FAMILIES.stream()
                .flatMap(family -> Stream.of(SIGNATURE, TOPIC, SHOP, WEBHOOK_ID, TRIGGERED_AT, TEST)
                        .map(family::concat))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The value of a header; empty where it is absent, or stands more than once and differs. */
    Optional<String> value(String name) {
        var values = new LinkedHashSet<String>();
        FAMILIES.forEach(family -> values.addAll(delivery.headers(family + name)));
        return values.size() == 1 ? Optional.of(values.iterator().next()) : Optional.empty();
    }

    /** Where it stands, for messages. */
    static String place(String name) {
        return "the header " + FAMILIES.get(0) + name;
    }
}
